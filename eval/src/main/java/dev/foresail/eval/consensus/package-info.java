/**
 * Agreement among acceptors. {@link dev.foresail.eval.consensus.Paxos} is Paxos for one decision as one would deploy it, with
 * two bugs to be switched on.
 *
 * <p>In the others messages are never used up. {@link dev.foresail.eval.consensus.SingleDecree} is Paxos as one would write
 * it; {@link dev.foresail.eval.consensus.PaxosSets} and {@link dev.foresail.eval.consensus.PaxosCommit} follow published specifications step by step, in which a leader reads the
 * messages of a whole quorum at once: there the acceptors that are read together are one node.
 */
package dev.foresail.eval.consensus;
