/** Tests of Vivaldi as a protocol. */
package dev.foresail.eval.vivaldi;
