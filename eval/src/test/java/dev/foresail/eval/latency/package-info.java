/** Tests of the latency experiment and its protocol. */
package dev.foresail.eval.latency;
