/**
 * How much code a choice costs its author: statements and decision points counted from the syntax tree, of the three
 * forms of RandTree; what all three use alike (messages, properties, the rule which step a Join takes) is in classes of
 * its own and not counted. Reading order: {@link dev.foresail.eval.complexity.SourceComplexity},
 * {@link dev.foresail.eval.complexity.ComplexityReport}.
 */
package dev.foresail.eval.complexity;
