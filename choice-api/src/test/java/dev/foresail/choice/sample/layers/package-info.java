/** Layers of one node: a store of values, over a way to the node that has a key, over messages that are sent until they arrive. */
package dev.foresail.choice.sample.layers;
