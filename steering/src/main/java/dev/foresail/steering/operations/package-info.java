/**
 * What an operator sees of a running node and can switch: HTTP with metrics, health, status and the mode of steering
 * (docs/operations.md). Read {@link dev.foresail.steering.operations.OperatedNode} for what is asked of a node,
 * {@link dev.foresail.steering.operations.OperationsServer} for who asks, and
 * {@link dev.foresail.steering.operations.OperationsClient} for the other end.
 */
package dev.foresail.steering.operations;
