/** Tests of multi-decree Paxos by who proposes. */
package dev.foresail.eval.proposer;
