/** A live deployment under faults for a long time: whether it leaks, gets stuck, or does not heal. */
package dev.foresail.eval.soak;
