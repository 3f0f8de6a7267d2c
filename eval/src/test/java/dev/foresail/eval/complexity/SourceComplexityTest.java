package dev.foresail.eval.complexity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Small sources, counted by hand. */
final class SourceComplexityTest {
    private static SourceFigures ofClass(String members) {
        return SourceComplexity.measure("Sample.java", "class Sample {\n" + members + "\n}\n");
    }

    private static CodeCounts ofBody(String body) {
        return ofClass("void method(int n, boolean b) {\n" + body + "\n}").whole();
    }

    @Test
    void anEmptyMethodCostsNothing() {
        assertEquals(new CodeCounts(0, 0), ofBody(""));
        assertEquals(new CodeCounts(0, 0), ofBody("{ ; }"), "neither do blocks and empty statements");
    }

    @Test
    void declarationsCallsAndReturnsAreStatements() {
        assertEquals(new CodeCounts(3, 0), ofBody("int m = n;\n m++;\n return;"));
    }

    @Test
    void fieldsAreStatementsComponentsAndConstantsAreNot() {
        assertEquals(
                new CodeCounts(2, 0),
                ofClass("int field; static final int LIMIT = 3;").whole());
        assertEquals(
                new CodeCounts(0, 0),
                ofClass("record Pair(int a, int b) {} enum Color { RED, BLUE }").whole());
        SourceFigures withRecords = ofClass(
                "record Pair(int a, int b) { static int c; Pair { a++; } Pair(int d) { this(d, d); } } record None() {}");
        assertEquals(2, withRecords.components(), "no static fields, no parameters");
        assertEquals(new CodeCounts(3, 0), withRecords.whole());
    }

    @Test
    void everyIfIsAStatementAndADecision() {
        assertEquals(new CodeCounts(5, 2), ofBody("if (b) { n = 1; } else if (n > 1) { n = 2; } else { n = 3; }"));
    }

    @Test
    void conditionsCountTheirOperators() {
        assertEquals(new CodeCounts(1, 3), ofBody("b = b && n > 1 || n < 0 ? true : false;"));
        assertEquals(new CodeCounts(1, 0), ofBody("b = b & n > 1 | n < 0;"), "without short cut there is no branch");
    }

    @Test
    void everyLoopIsAStatementAndADecisionWhateverItsHeader() {
        assertEquals(new CodeCounts(2, 1), ofBody("for (int i = 0, j = 1; i < n; i++, j++) { n--; }"));
        assertEquals(new CodeCounts(2, 0), ofBody("for (;;) { n--; }"), "no condition");
        assertEquals(new CodeCounts(2, 1), ofBody("while (b) { n--; }"));
        assertEquals(new CodeCounts(2, 1), ofBody("do { n--; } while (b);"));
        assertEquals(new CodeCounts(2, 1), ofBody("for (int each : new int[0]) { n += each; }"));
    }

    @Test
    void everyCaseButTheDefaultIsADecision() {
        assertEquals(
                new CodeCounts(5, 2), ofBody("switch (n) { case 1: n = 2; break; case 3: n = 4; default: n = 5; }"));
        assertEquals(
                new CodeCounts(3, 1),
                ofBody("int m = switch (n) { case 1, 2 -> 3; default -> 4; };"),
                "the declaration and one expression to a case");
    }

    @Test
    void aLambdasExpressionIsAStatement() {
        assertEquals(new CodeCounts(2, 0), ofBody("Runnable run = () -> System.gc();"));
        assertEquals(new CodeCounts(2, 0), ofBody("Runnable run = () -> { System.gc(); };"));
        assertEquals(new CodeCounts(1, 0), ofBody("Runnable run = System::gc;"));
    }

    @Test
    void exceptionsAndResources() {
        assertEquals(
                new CodeCounts(5, 0),
                ofBody("try (AutoCloseable c = null) { n = 1; } catch (Exception e) { throw e; } finally { n = 2; }"));
    }

    @Test
    void guardsAreDecisions() {
        SourceFigures figures = ofClass("""
                @OnMessage(when = {"isMine", "!hasRoom"}, otherwise = Otherwise.DROP)
                void first(Join join) { send(); }
                @OnTimer(value = "join", when = "isJoining")
                void second() { send(); }
                @OnMessage
                void third(Join join) { send(); }
                """);
        assertEquals(new CodeCounts(3, 3), figures.whole());
    }

    @Test
    void ifsAreCountedPerHandler() {
        SourceFigures figures = ofClass("""
                @OnMessage void first(Join join) { if (a) { b(); } else if (c) { d(); } }
                @OnCall void second() { Runnable run = () -> { if (a) { b(); } }; }
                void helper() { if (a) { b(); } }
                @Override public void once() { if (a) { b(); } }
                """);
        assertEquals(2, figures.handlers());
        assertEquals(3, figures.ifsInHandlers());
        assertEquals(1.5, figures.ifsPerHandler());
    }

    @Test
    void onlyMarkedLinesAreChoiceCode() {
        SourceFigures figures = ofClass("""
                void before() { send(); }
                // choice code
                int ledger;
                void choose() {
                    if (a) { b(); }
                }
                // end of choice code
                void after() {
                    send();
                    report(); // choice code
                    send();
                }
                """);
        assertEquals(new CodeCounts(4, 1), figures.choice());
        assertEquals(new CodeCounts(7, 1), figures.whole());
    }

    @Test
    void regionsThatDoNotMatchAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ofClass("// choice code\n// choice code"));
        assertThrows(IllegalArgumentException.class, () -> ofClass("// choice code"));
        assertThrows(IllegalArgumentException.class, () -> ofClass("// end of choice code"));
    }

    @Test
    void blanksCommentsAndImportsAreNoLinesOfCode() {
        String text = """
                package sample;

                import java.util.List;

                /**
                 * A comment.
                 */
                class Sample {
                    // another
                    int field; // counts
                }
                """;
        assertEquals(4, SourceComplexity.measure("Sample.java", text).lines());
    }

    @Test
    void whatIsNoJavaIsRefusedWithItsLine() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ofClass("void method() {\n if }"));
        assertTrue(refused.getMessage().startsWith("Sample.java:3: "), refused::getMessage);
    }

    @Test
    void exposingTheChoiceIsSimplerThanHardCodingIt() {
        ComplexityReport report = RandTreeSources.measure(Path.of(""));
        SourceFigures exposed = report.of("RandTree.java");
        SourceFigures baseline = report.of("BaselineRandTree.java");
        SourceFigures adaptive = report.of("AdaptiveRandTree.java");
        assertTrue(exposed.whole().statements() < baseline.whole().statements(), report::toString);
        assertTrue(exposed.whole().decisionPoints() < baseline.whole().decisionPoints(), report::toString);
        assertTrue(exposed.ifsPerHandler() < baseline.ifsPerHandler() / 2, report::toString);
        assertTrue(2 * exposed.choice().statements() <= adaptive.choice().statements(), report::toString);
        assertTrue(2 * exposed.choice().decisionPoints() <= adaptive.choice().decisionPoints(), report::toString);
    }

    @Test
    void aDistributionWithoutSourcesCountsTheCopiesInItsJar() {
        assertEquals(
                RandTreeSources.NAMES.size(),
                RandTreeSources.measureCopies().sources().size());
        assertEquals(RandTreeSources.measure(Path.of("")), RandTreeSources.measureCopies());
    }
}
