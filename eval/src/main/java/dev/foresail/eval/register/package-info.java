/**
 * A register that servers keep and clients write and read: three protocols for it, after the examples of Stateright, whose
 * numbers of worlds are known, and what they share: the messages, the client, the history of operations and the search
 * that tells whether a history is linearisable. Reading order: {@link dev.foresail.eval.register.RegisterMessages},
 * {@link dev.foresail.eval.register.RegisterClient}, {@link dev.foresail.eval.register.RegisterHistory},
 * {@link dev.foresail.eval.register.Linearisability}.
 */
package dev.foresail.eval.register;
