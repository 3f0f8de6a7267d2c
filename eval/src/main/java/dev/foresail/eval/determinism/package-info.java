/** Whether a seed gives the same digest however it is played: {@code foresail eval determinism}. */
package dev.foresail.eval.determinism;
