/**
 * Agreement among acceptors, with messages that are never used up. {@link dev.foresail.eval.consensus.SingleDecree} is
 * Paxos as one would write it; {@link dev.foresail.eval.consensus.PaxosSets} and {@link
 * dev.foresail.eval.consensus.PaxosCommit} follow published specifications step by step, in which a leader reads the
 * messages of a whole quorum at once: there the acceptors that are read together are one node.
 */
package dev.foresail.eval.consensus;
