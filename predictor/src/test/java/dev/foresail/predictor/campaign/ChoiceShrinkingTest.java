package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import dev.foresail.predictor.fixture.Hearing;
import dev.foresail.predictor.fixture.Jury;
import dev.foresail.predictor.fixture.JuryMachine;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jury that chooses at random condemns somebody; of all its choices five are to blame. */
class ChoiceShrinkingTest {
    private static final String PROPERTY = "nobodyIsCondemned";
    private static final String MIX = "pause 6/min";

    private static final SimulationPlan<Jury> PLAN = Plans.jury(5, MIX);
    private static final long SEED = Plans.failing(PLAN);
    private static final ShrunkSeed<Jury> SMALL = shrink(500);

    @TempDir
    private Path directory = Path.of("");

    private static ShrunkSeed<Jury> shrink(long runs) {
        return new SeedShrinker<>(PLAN, new ShrinkBudget(runs, 1_000_000, () -> false))
                .shrink(SEED, PROPERTY)
                .orElseThrow();
    }

    private static Optional<Sighting> play(SimulationPlan<Jury> plan, long seed) {
        return plan.untilViolated(seed, PROPERTY).play(plan.until(), 1_000_000, () -> false);
    }

    @Test
    void onlyTheChoicesThatMatterAreLeft() {
        SimulationTrace.Script left = SMALL.choices().orElseThrow();
        assertTrue(left.before() > 10, SMALL::words);
        assertEquals(
                List.of("jury.hear.juror", "jury.verdict", "jury.verdict", "jury.witnesses", "jury.witnesses"),
                left.choices().stream().map(ChoiceOccurrence::choice).sorted().toList(),
                SMALL::words);
        assertEquals(
                2,
                left.choices().stream()
                        .filter(choice -> choice.choice().equals("jury.verdict"))
                        .map(ChoiceOccurrence::node)
                        .collect(Collectors.toSet())
                        .size(),
                "two jurors");
        assertEquals(List.of(), SMALL.plan().faults(SEED), "nothing but choices is to blame");
        assertTrue(SMALL.words().startsWith("0 of "), SMALL::words);
        assertTrue(SMALL.words().contains(", 5 of " + left.before() + " choices, "), SMALL::words);
        assertEquals(Optional.of(SMALL.sighting()), play(SMALL.plan(), SEED));
    }

    @Test
    void everySingleChoiceThatIsLeftMatters() {
        List<ChoiceOccurrence> left = SMALL.choices().orElseThrow().choices();
        for (ChoiceOccurrence spared : left) {
            List<ChoiceOccurrence> fewer =
                    left.stream().filter(each -> !each.equals(spared)).toList();
            assertTrue(play(SMALL.plan().withChoices(fewer), SEED).isEmpty(), spared::toString);
        }
    }

    @Test
    void theChoicesThatWereMadeMakeTheSameRun() {
        ChoiceScript script = PLAN.script();
        Sighting first = PLAN.untilViolated(SEED, PROPERTY, script)
                .play(PLAN.until(), 1_000_000, () -> false)
                .orElseThrow();
        List<ChoiceOccurrence> all =
                script.taken().stream().map(ChoiceScript.Taken::choice).toList();
        assertTrue(all.size() > 5, all::toString);
        assertEquals(Optional.of(first), play(PLAN.withChoices(all), SEED));
        assertTrue(play(PLAN.withChoices(List.of()), SEED).isEmpty(), "those that come first are innocent");
    }

    /** A front node that looks ahead hands out jobs. */
    private static final class WorkingDay implements Scenario {
        @Override
        public String name() {
            return "working-day";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(20);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            NodeId front = stage.nodes().get(0);
            stage.nodes().forEach(stage::start);
            stage.nodes().stream().skip(1).forEach(worker -> stage.call(front, "employ", List.of(worker)));
            for (long job = 1; job <= 30; job++) {
                long number = job;
                stage.at(Duration.ofMillis(500 * job), () -> stage.call(front, "submit", List.of(number)));
            }
        }
    }

    /** What a prediction takes, and what is parked for it, stays as it was. */
    @Test
    void predictedChoicesThatWereMadeMakeTheSameRunToo() {
        SimulationPlan<Dispatch> predicted = Plans.of(
                new DispatchMachine(),
                ResolverSettings.predicted(Objective.minimize("crowding", Duration.ofSeconds(3))),
                new WorkingDay(),
                4,
                "");
        ChoiceScript script = predicted.script();
        Simulation<Dispatch> first = predicted.start(script, 1, system -> {});
        first.runUntil(predicted.until());
        assertTrue(
                first.decisions().predicted() + first.decisions().cached() > 0,
                () -> first.decisions().toString());
        List<ChoiceOccurrence> all =
                script.taken().stream().map(ChoiceScript.Taken::choice).toList();
        assertTrue(all.size() > 5, all::toString);
        String digest = new SeedRun<>(predicted, 1).play().digest();
        assertEquals(digest, first.digest());
        assertEquals(digest, new SeedRun<>(predicted.withChoices(all), 1).play().digest());
    }

    /** Between two runs there may be fewer alternatives, as here, where somebody has written it by hand. */
    @Test
    void whatCannotBeTakenIsTheFirst() {
        List<ChoiceOccurrence> wild = List.of(
                new ChoiceOccurrence(NodeId.of(1), "jury.hear.juror", 1_000_000_000, 1, 1, List.of(99)),
                new ChoiceOccurrence(NodeId.of(2), "jury.witnesses", 5, 1, 1, List.of(2)),
                new ChoiceOccurrence(NodeId.of(77), "jury.verdict", 5, 1, 1, List.of(1)));
        SimulationPlan<Jury> played = PLAN.withChoices(wild);
        assertEquals(
                new SeedRun<>(PLAN.withChoices(List.of()), SEED).play().digest(),
                new SeedRun<>(played, SEED).play().digest());
    }

    @Test
    void withoutBudgetChoicesStayTheResolvers() {
        ShrunkSeed<Jury> whole = shrink(1);
        assertEquals(Optional.empty(), whole.plan().choices());
        assertFalse(whole.words().contains("choices"), whole::words);
    }

    private Path save(long runs) {
        SimulationTrace.Choices choices = new SimulationTrace.Choices("random", "", Duration.ZERO);
        return SavedFailure.save(
                        PLAN,
                        SEED,
                        PROPERTY,
                        SavedFailure.origin(PLAN, MIX, choices, List.of(), false),
                        new ShrinkBudget(runs, 1_000_000, () -> false),
                        directory)
                .orElseThrow()
                .file();
    }

    private static TraceReplay<Jury> replay(SimulationTrace trace) {
        JuryMachine machine = new JuryMachine();
        return TraceReplay.of(
                trace.plan(
                        machine,
                        Plans.hosting(machine, ResolverSettings.policy(ResolverSettings.Kind.RANDOM)),
                        SyntheticWideArea::generate,
                        new Hearing(),
                        FaultPhase.NONE),
                trace,
                () -> false);
    }

    @Test
    void aSavedRunHasItsChoicesAndTellsThem() {
        SimulationTrace trace = SimulationTraceFile.read(save(500));
        assertEquals(SMALL.choices(), trace.script());
        TraceReplay<Jury> again = replay(trace);
        assertTrue(again.sighting().isPresent());
        assertFalse(again.hasDiverged(), again::divergence);
        List<String> lines = again.lines(() -> false);
        long before = trace.script().orElseThrow().before();
        int heading = lines.indexOf("    5 of " + before + " choices matter; all others take what comes first:");
        assertTrue(heading > 0, lines::toString);
        List<String> told = lines.subList(heading + 1, lines.size());
        assertEquals(5, told.size(), told::toString);
        assertEquals(
                2,
                told.stream()
                        .filter(line -> line.endsWith(" chooses 2 of 2 for jury.verdict: guilty"))
                        .count(),
                told::toString);
        assertTrue(told.stream().anyMatch(line -> line.contains(", 3 of 3 for jury.witnesses")), told::toString);
        assertTrue(told.stream().anyMatch(line -> line.contains("stranger]")), told::toString);
    }

    @Test
    void aSavedRunWhoseChoicesWereNotLookedAtLeavesThemToTheResolver() {
        SimulationTrace trace = SimulationTraceFile.read(save(1));
        assertEquals(Optional.empty(), trace.script());
        assertFalse(replay(trace).hasDiverged());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FS252|\"choices\":5|\"choices\":6|has 5 choices, but says 6",
                "FS250|\"choices\":5|\"choices\":4|has 5 choices, but says 4",
                "FS250|\"taken\":[1]|\"taken\":[]|'taken' is to have an alternative at least",
                "FS250|\"taken\":[1]|\"taken\":[1,1]|'taken' is to grow, unlike [1, 1]",
                "FS250|\"taken\":[1]|\"taken\":[-1]|'taken' is to be 0 to",
                "FS250|\"number\":1|\"number\":0|'number' is to be 1 to",
            })
    void aDamagedScriptIsRefused(String code, String part, String other, String said) throws IOException {
        Path file = save(500);
        String text = Files.readString(file);
        assertTrue(text.contains(part), text);
        Files.writeString(file, text.replace(part, other));
        TraceException refused = assertThrows(TraceException.class, () -> SimulationTraceFile.read(file));
        assertEquals(code, refused.code());
        assertTrue(String.valueOf(refused.getMessage()).contains(said), refused::getMessage);
    }
}
