/** Whether the simulator shows what live nodes do: {@code foresail eval live-vs-simulation}. */
package dev.foresail.eval.livesimulation;
