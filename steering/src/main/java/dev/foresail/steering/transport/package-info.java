/**
 * Ordered, reliable connections between nodes over TCP, all on the node's one event loop.
 *
 * <p>Reading order: {@link dev.foresail.steering.transport.Transport}, {@link dev.foresail.steering.transport.Hello},
 * {@link dev.foresail.steering.transport.Link}, {@link dev.foresail.steering.transport.Links}.
 */
package dev.foresail.steering.transport;
