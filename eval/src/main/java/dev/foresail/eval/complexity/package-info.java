/**
 * How much code a choice costs its author: statements and decision points counted from the syntax tree, of the
 * forms of RandTree and of gossip; what all forms use alike (messages, properties, the rule which step a Join takes) is in classes of
 * its own and not counted. Reading order: {@link dev.foresail.eval.complexity.Forms}, {@link dev.foresail.eval.complexity.SourceComplexity},
 * {@link dev.foresail.eval.complexity.ComplexityReport}.
 */
package dev.foresail.eval.complexity;
