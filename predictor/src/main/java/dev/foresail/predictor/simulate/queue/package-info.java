/**
 * What is to happen in a simulation, in its order: {@link dev.foresail.predictor.simulate.queue.EventQueue}, made of wheels of
 * slots ({@code Wheel}) whose entries are kept in blocks of one pool ({@code EntryPool}), the sorted slot that is being emptied
 * ({@code Run}), and what came for it too late ({@code LateEntries}).
 */
package dev.foresail.predictor.simulate.queue;
