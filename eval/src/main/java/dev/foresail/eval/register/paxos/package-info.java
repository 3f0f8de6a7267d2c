/** A register that is written once: the servers agree on the write with single-decree Paxos. */
package dev.foresail.eval.register.paxos;
