/** Tests of the recursive route. */
package dev.foresail.eval.recursiveroute;
