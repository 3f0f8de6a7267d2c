/**
 * How messages get from node to node, as a service that layers use: over connections ({@link dev.foresail.predictor.transport.Streams}), as datagrams that may be
 * lost ({@link dev.foresail.predictor.transport.Datagrams}), and as datagrams that are sent again ({@link
 * dev.foresail.predictor.transport.ReliableDatagrams}). A stack takes one or the other by name.
 */
package dev.foresail.predictor.transport;
