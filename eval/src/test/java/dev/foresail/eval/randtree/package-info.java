/** Tests of the depths' figures and bars. */
package dev.foresail.eval.randtree;
