/** The explorer against published counts of worlds and steps. */
package dev.foresail.eval.explorer;
