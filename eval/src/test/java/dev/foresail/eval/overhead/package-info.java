/** Tests of what is measured of steering's cost. */
package dev.foresail.eval.overhead;
