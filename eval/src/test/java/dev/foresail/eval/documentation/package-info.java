/** Keeps what the documentation shows true: its examples are compiled, run and read. */
package dev.foresail.eval.documentation;
