/** That the two nodes whose costs are compared do the same. */
package dev.foresail.eval.layercost;
