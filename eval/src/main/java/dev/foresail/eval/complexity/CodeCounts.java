package dev.foresail.eval.complexity;

/**
 * What was counted in a piece of source.
 *
 * @param statements statements of method bodies, blocks left out; fields (components of records are
 *     told {@linkplain SourceFigures#components apart}); expressions that are the whole body of a
 *     lambda or of a case
 * @param decisionPoints if, ?:, case, &amp;&amp;, ||, loops, and the guards that annotations name
 */
public record CodeCounts(int statements, int decisionPoints) {
    static final CodeCounts NONE = new CodeCounts(0, 0);

    CodeCounts plus(int moreStatements, int moreDecisionPoints) {
        return new CodeCounts(statements + moreStatements, decisionPoints + moreDecisionPoints);
    }

    /** Both together. */
    public int total() {
        return statements + decisionPoints;
    }
}
