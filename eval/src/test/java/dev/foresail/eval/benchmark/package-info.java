/** Tests of what the benchmarks measure. */
package dev.foresail.eval.benchmark;
