/** What a node cannot go on with: {@link dev.foresail.steering.failure.NodeException}, with a code and what to do. */
package dev.foresail.steering.failure;
