/**
 * Several protocols as layers of one node. Reading order: {@link dev.foresail.choice.stack.StackMachine}, which is a machine like any
 * other, {@link dev.foresail.choice.stack.Stack}, its state, and {@code Wiring}, which says who uses whom.
 */
package dev.foresail.choice.stack;
