package dev.foresail.predictor.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.predictor.node.Basis;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.Objective;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is what can be read back; anything else is told with its line. */
final class DecisionFileTest {
    private static final NodeId FIVE = NodeId.of(5);
    private static final NodeId SEVEN = NodeId.of(7);
    private static final String HEADER = "{\"foresail-decisions\":1,\"protocol\":\"tree\",\"run\":\"a test\"}\n";
    private static final List<HandlerDescription> HANDLERS =
            List.of(new HandlerDescription("delegate", "", List.of(), List.of(), List.of()));

    @TempDir
    private Path directory = Path.of("");

    private static Decision decision(Decision.Source source, List<Decision.Value> values, Basis basis) {
        return new Decision(
                FIVE,
                9,
                1_000,
                "tree.delegate.child",
                new Event.TimerFired("grow"),
                HANDLERS,
                List.of(new Alternative(0, List.of(SEVEN)), new Alternative(0, List.of(FIVE))),
                values,
                1,
                source,
                values.isEmpty() ? 0 : 100,
                3,
                true,
                basis,
                false);
    }

    /** Of checkpoints that were 40 and 10 ns old when it was predicted, 60 ns before the decision. */
    private static Decision foreseen(boolean isAhead) {
        return decision(
                Decision.Source.CACHED,
                List.of(new Decision.Value(3, 0.5, 4, 1), new Decision.Value(2, 0.25, 8, 1).within(1.5, 2.75)),
                new Basis(new TreeMap<>(Map.of(SEVEN, 40L, NodeId.of(8), 10L)), false, isAhead, List.of(SEVEN)));
    }

    private static DecisionFile.Contents read(String text) throws IOException {
        return DecisionFile.read(new StringReader(text));
    }

    /** Costs of what is to be large are negative: they say nothing to who wants it small. */
    @Test
    void anOutcomeIsOfAGoalAndItsDirection() {
        Objective deep = depth(Objective.Wanted.MAXIMIZE);
        Objective shallow = depth(Objective.Wanted.MINIMIZE);
        String goal = KeptDecision.Outcome.firstGoal(deep);
        assertEquals("maximize depth", goal);
        KeptDecision.Outcome outcome = new KeptDecision.Outcome(1_000_000_000, goal, 1, -7);
        assertTrue(outcome.isBy(deep));
        assertFalse(outcome.isBy(shallow));
        assertTrue(new KeptDecision.Outcome(1_000_000_000, "depth", 1, 7).isBy(shallow));
        assertFalse(new KeptDecision.Outcome(2_000_000_000, "depth", 1, 7).isBy(shallow));
        assertFalse(
                new KeptDecision.Outcome(1_000_000_000, "depth", 1, 7)
                        .isBy(shallow.with(Objective.Futures.CONSEQUENCES)),
                "what whole futures were wrong by says nothing of consequences");
    }

    private static Objective depth(Objective.Wanted wanted) {
        return new Objective(List.of(Objective.Formula.parse(wanted, "depth")), Duration.ofSeconds(1));
    }

    private String written() throws IOException {
        Path file = directory.resolve("below/run.jsonl");
        try (DecisionWriter writer = DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"))) {
            assertEquals(1, writer.decided(foreseen(true)));
            assertEquals(2, writer.decided(decision(Decision.Source.FALLBACK, List.of(), Basis.NONE)));
            writer.became(FIVE, 1, new KeptDecision.Outcome(500, "depth", 1, 2.25));
            writer.became(FIVE, 2, new KeptDecision.Outcome(500, "depth", 1, Double.NaN));
        }
        return Files.readString(file);
    }

    @Test
    void aDecisionIsReadBackWithItsGroundsAndWhatBecameOfIt() throws IOException {
        List<KeptDecision> decisions = read(written()).decisions();
        KeptDecision first = decisions.get(0);
        assertEquals("n5.1", first.id());
        assertEquals(List.of("delegate[n7]", "delegate[n5]"), first.alternatives());
        assertEquals(KeptDecision.By.PRE_RESOLVED, first.by());
        assertEquals(
                new Decision.Value(2, 0.25, 8, 1).within(1.5, 2.75),
                first.predicted().orElseThrow());
        KeptDecision.Evidence evidence = first.evidence().orElseThrow();
        assertEquals(Map.of(SEVEN, 100L, NodeId.of(8), 70L), evidence.checkpointAgesNanos(), "grown older meanwhile");
        assertEquals(List.of(SEVEN), evidence.unknownLinks());
        assertEquals(0.25, first.error().orElseThrow());
        assertEquals(Optional.of(true), first.isWithinInterval());
        assertEquals(KeptDecision.By.POLICY, decisions.get(1).by());
        assertTrue(decisions.get(1).error().isEmpty(), "nothing was predicted");
    }

    @Test
    void whatExploredSaysSo() throws IOException {
        Decision usual = foreseen(true);
        Path file = directory.resolve("run.jsonl");
        try (DecisionWriter writer = DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"))) {
            writer.decided(usual);
            writer.decided(new Decision(
                    usual.node(),
                    usual.number(),
                    usual.atNanos(),
                    usual.choice(),
                    usual.event(),
                    HANDLERS,
                    usual.options(),
                    usual.values(),
                    0,
                    usual.source(),
                    usual.evidenceAgeNanos(),
                    usual.elapsedNanos(),
                    usual.waited(),
                    usual.basis(),
                    true));
        }
        List<KeptDecision> decisions = read(Files.readString(file)).decisions();
        assertFalse(decisions.get(0).explored());
        assertTrue(decisions.get(1).explored());
    }

    @Test
    void whatWasPredictedForTheSameBeforeIsNoPreResolution() throws IOException {
        Path file = directory.resolve("run.jsonl");
        try (DecisionWriter writer = DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"))) {
            writer.decided(foreseen(false));
        }
        assertEquals(
                KeptDecision.By.CACHED,
                read(Files.readString(file)).decisions().get(0).by());
    }

    @Test
    void figuresOfAChoiceCountWhoDecidedAndJudgePredictions() throws IOException {
        DecisionFigures figures =
                DecisionFigures.byChoice(read(written()).decisions()).get("tree.delegate.child");
        assertEquals(2, figures.count());
        assertEquals(1, figures.counts().get(KeptDecision.By.PRE_RESOLVED));
        assertEquals(1, figures.provisional());
        assertEquals(1, figures.judged());
        assertEquals(100, figures.withinIntervalPercent());
        assertEquals(0.25, figures.meanError());
        assertEquals(List.of(), figures.mostSurprising(3));
    }

    /** The outcome is what the first goal came to. */
    @ParameterizedTest
    @CsvSource({"0,violated safety", "2,the second goal", "-1,what a file does not say"})
    void anOutcomeIsComparedOnlyWithAPredictionOfTheSameGoal(int term, String of) throws IOException {
        String text = written().replace(",\"term\":1", term < 0 ? "" : ",\"term\":" + term);
        KeptDecision decision = read(text).decisions().get(0);
        assertEquals(term, decision.predicted().orElseThrow().term());
        assertTrue(decision.error().isEmpty() && decision.isWithinInterval().isEmpty(), of);
        assertEquals(0, DecisionFigures.of(List.of(decision)).judged(), of);
    }

    @Test
    void whatWasPredictedBeforeDeploymentRestsOnNothingOfThisSystem() throws IOException {
        Path file = directory.resolve("run.jsonl");
        try (DecisionWriter writer = DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"))) {
            writer.decided(decision(
                    Decision.Source.CACHED,
                    List.of(new Decision.Value(3, 0.5, 4), new Decision.Value(2, 0.25, 8)),
                    Basis.BEFORE_DEPLOYMENT));
        }
        List<KeptDecision> decisions = read(Files.readString(file)).decisions();
        assertEquals(KeptDecision.By.PRECOMPUTED, decisions.get(0).by());
        assertTrue(decisions.get(0).evidence().isEmpty());
        assertEquals(2, decisions.get(0).predicted().orElseThrow().mean());
        assertEquals(0, DecisionFigures.of(decisions).provisional());
    }

    /** A type of the author's. */
    private record Unspeakable() {
        @Override
        public String toString() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void whatThrowsWhenItIsToldFailsTheFileAndNotWhoDecides() throws IOException {
        Path file = directory.resolve("run.jsonl");
        DecisionWriter writer = DecisionWriter.create(file, new DecisionFile.Header("tree", "a test"));
        try (writer) {
            Decision told = foreseen(true);
            writer.decided(told);
            writer.decided(new Decision(
                    told.node(),
                    told.number(),
                    told.atNanos(),
                    told.choice(),
                    new Event.Call("speak", List.of(new Unspeakable())),
                    HANDLERS,
                    List.of(Alternative.of(0)),
                    List.of(),
                    0,
                    Decision.Source.FALLBACK,
                    0,
                    0,
                    false,
                    Basis.NONE,
                    false));
            assertEquals(3, writer.decided(told), "counted, but no more is written");
        }
        DecisionFileException failure = writer.failure().orElseThrow();
        assertEquals("FS477", failure.code());
        assertTrue(failure.problem().contains("no words"), failure::problem);
        assertEquals(1, read(Files.readString(file)).decisions().size());
    }

    @Test
    void aFileThatLacksNothingButItsLastLineEndIsCutShort() throws IOException {
        String whole = written();
        DecisionFile.Contents cut = read(whole.substring(0, whole.length() - 1));
        assertEquals(5, cut.cutShort());
        assertTrue(cut.decisions().get(1).outcome().isPresent());
        assertEquals(1, read(HEADER.strip()).cutShort());
    }

    @Test
    void aFileThatEndsWithinALineIsReadUpToIt() throws IOException {
        String whole = written();
        DecisionFile.Contents cut = read(whole.substring(0, whole.length() - 20));
        assertEquals(5, cut.cutShort());
        assertEquals(2, cut.decisions().size());
        assertEquals(0, read(whole).cutShort());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS474|``|it is no file of decisions",
                "FS474|seed 7|it is no file of decisions",
                "FS474|{\"foresail-trace\":1}|'foresail-decisions' is missing",
                "FS474|{\"foresail-decisions\":2,\"protocol\":\"p\",\"run\":\"r\"}|has the format 2",
            })
    void whatIsNoFileOfDecisionsIsTold(String code, String line, String words) {
        assertRefused(code, line + "\n", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense|line 2 is damaged",
                "{\"node\":5,\"number\":1,\"outcome\":{\"horizonNanos\":1,\"goal\":\"g\",\"goals\":1,\"cost\":\"1\"}}|n5.1, which has not decided",
                "{\"node\":5,\"number\":1,\"alternatives\":[\"a\"],\"chosen\":1}|number 1 was taken",
                "{\"node\":-5,\"number\":1,\"alternatives\":[\"a\",\"b\"],\"chosen\":1}|not -5",
                "{\"alternatives\":[\"a\"],\"values\":[{\"mean\":\"x\",\"spread\":\"0\",\"rollOuts\":1}]}|not 'x'",
            })
    void aDamagedLineIsToldWithItsNumber(String line, String words) {
        assertRefused("FS475", HEADER + line + "\n", words);
    }

    private static void assertRefused(String code, String text, String words) {
        DecisionFileException refused = assertThrows(DecisionFileException.class, () -> read(text));
        assertEquals(code, refused.code());
        assertTrue(refused.problem().contains(words), refused::problem);
    }

    /** Whatever happens to a file, it is read, or refused by a code. */
    @Test
    void damageIsNeverAnythingElseThanARefusal() throws IOException {
        Random random = new Random(11);
        String whole = written();
        int refused = 0;
        for (int attempt = 0; attempt < 2_000; attempt++) {
            StringBuilder damaged = new StringBuilder(whole);
            for (int change = random.nextInt(4); change >= 0; change--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) (' ' + random.nextInt(95)));
            }
            try {
                DecisionFigures.byChoice(read(damaged.toString()).decisions())
                        .values()
                        .forEach(DecisionFigures::json);
            } catch (DecisionFileException expected) {
                refused++;
            }
        }
        assertTrue(refused > 500, "refused " + refused);
    }

    @Test
    void aFileThatCannotBeWrittenIsToldAtOnce() {
        DecisionFileException refused = assertThrows(
                DecisionFileException.class,
                () -> DecisionWriter.create(directory, new DecisionFile.Header("tree", "a test")));
        assertEquals("FS477", refused.code());
    }
}
