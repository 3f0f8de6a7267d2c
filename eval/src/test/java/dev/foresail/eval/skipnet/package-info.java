/** Tests of the package of the same name. */
package dev.foresail.eval.skipnet;
