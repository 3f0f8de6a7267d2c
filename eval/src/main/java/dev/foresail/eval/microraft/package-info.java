/**
 * Somebody else's code in the simulator: MicroRaft, a Raft library that knows nothing of it, as nodes of a simulation, and what Raft
 * promises checked on it. Begin with {@link dev.foresail.eval.microraft.RaftMachine}, then {@link dev.foresail.eval.microraft.RaftHost}.
 */
package dev.foresail.eval.microraft;
