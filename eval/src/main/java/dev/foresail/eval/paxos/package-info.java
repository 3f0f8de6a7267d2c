/**
 * Paxos for one decision, and two bugs to be switched on: what is learnt from {@link dev.foresail.eval.paxos.Paxos} and
 * explored with {@link dev.foresail.eval.paxos.PaxosScenario}.
 */
package dev.foresail.eval.paxos;
