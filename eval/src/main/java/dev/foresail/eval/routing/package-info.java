/** What the overlays of this module have in common: the way to the node that is responsible for a key. */
package dev.foresail.eval.routing;
