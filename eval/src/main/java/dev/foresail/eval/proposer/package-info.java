/**
 * Multi-decree Paxos in three forms, which differ in who proposes: {@link dev.foresail.eval.proposer.FixedLeader},
 * {@link dev.foresail.eval.proposer.Mencius} and {@link dev.foresail.eval.proposer.ExposedProposer}; {@link dev.foresail.eval.proposer.Replica}
 * is what they share. Measured by {@link dev.foresail.eval.proposer.PaxosProposer}; what is explored of them says
 * {@link dev.foresail.eval.proposer.ReplicaExploration}, what is simulated {@link dev.foresail.eval.proposer.ReplicaClients}.
 */
package dev.foresail.eval.proposer;
