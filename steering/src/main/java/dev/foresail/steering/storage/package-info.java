/** What a node keeps over its own end: {@link dev.foresail.steering.storage.NodeStorage}. */
package dev.foresail.steering.storage;
