package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.fixture.Hearing;
import dev.foresail.predictor.fixture.Jury;
import dev.foresail.predictor.fixture.JuryMachine;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.node.ChoiceContext;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Resolution;
import dev.foresail.predictor.node.Resolver;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.PropertyWatch;
import dev.foresail.predictor.simulate.Retelling;
import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A jury whose choices are given. Two jurors would condemn somebody, but the second is heard only where the fifth question is not asked
 * at its time: where the judge pauses.
 */
class GivenChoicesTest {
    private static final String PROPERTY = "nobodyIsCondemned";
    private static final long SEED = 1;
    private static final Duration FIFTH_QUESTION = Duration.ofSeconds(5);
    private static final List<ChoiceOccurrence> GIVEN = List.of(
            new ChoiceOccurrence(NodeId.of(1), "jury.hear.juror", FIFTH_QUESTION.toNanos(), 1, 900, List.of(0)),
            byNumber(1, "jury.hear.juror", 5, 1),
            byNumber(2, "jury.witnesses", 1, 1, 2),
            byNumber(2, "jury.verdict", 1, 1),
            byNumber(2, "jury.verdict", 2, 1),
            byNumber(3, "jury.witnesses", 1, 1, 2),
            byNumber(3, "jury.verdict", 1, 1));
    private static final SimulationPlan<Jury> CALM =
            Plans.jury(3, "pause 6/min").with(List.of()).withChoices(GIVEN);
    private static final SimulationPlan<Jury> PAUSED = paused();

    /** A choice that is found by its number only, as nothing happens at its time. */
    private static ChoiceOccurrence byNumber(long node, String choice, int number, Integer... taken) {
        long never = Duration.ofDays(1).toNanos();
        return new ChoiceOccurrence(NodeId.of(node), choice, never, number, number, List.of(taken));
    }

    /** Who pauses is the fault's draw. */
    private static SimulationPlan<Jury> paused() {
        return LongStream.range(0, 50)
                .mapToObj(draw ->
                        CALM.with(List.of(new FaultOccurrence(FaultKind.PAUSE, FIFTH_QUESTION.minusMillis(500), draw))))
                .filter(plan -> play(plan, plan.script()).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Sighting> play(SimulationPlan<Jury> plan, ChoiceScript script) {
        return plan.untilViolated(SEED, PROPERTY, script).play(plan.until(), 1_000_000, () -> false);
    }

    private static List<ChoiceOccurrence> made(SimulationPlan<Jury> plan) {
        ChoiceScript script = plan.script();
        assertTrue(play(plan, script).isPresent(), plan::toString);
        return script.taken().stream().map(ChoiceScript.Taken::choice).toList();
    }

    /** As in a trace from which a fault was left out at the end: the times are right, but the numbers are not. */
    @Test
    void aRunIsToldWhoseChoicesAreFoundByTheirTimes() {
        SimulationPlan<Jury> trace = PAUSED.withChoices(made(PAUSED).stream()
                .map(each -> new ChoiceOccurrence(
                        each.node(), each.choice(), each.atNanos(), each.turn(), each.number() + 1000, each.taken()))
                .toList());
        assertEquals(1, trace.faults(SEED).size());
        PropertyWatch.Violation violation =
                play(trace, trace.script()).orElseThrow().violation().orElseThrow();
        Retelling.Story story = trace.retell(SEED, violation, () -> false).orElseThrow();
        String last = story.chain().get(story.chain().size() - 1).event().toString();
        assertTrue(last.contains("guilty"), last);
        assertEquals(
                List.of("condemning"),
                story.changes().stream().map(LoggedStep.Change::field).toList());
        assertEquals(
                Optional.of(violation),
                new SeedRun<>(trace, SEED).play().violations().stream().findFirst());
    }

    @Test
    void choicesAreNamedAsTheSmallestRunMakesThem() {
        assertTrue(
                CALM.untilViolated(SEED, PROPERTY)
                        .play(CALM.until(), 1_000_000, () -> false)
                        .isEmpty(),
                "first it takes the pause");
        long paused = hearing(made(PAUSED)).atNanos();
        assertNotEquals(FIFTH_QUESTION.toNanos(), paused);
        ShrunkSeed<Jury> small = new SeedShrinker<>(PAUSED, new ShrinkBudget(500, 1_000_000, () -> false))
                .shrink(SEED, PROPERTY)
                .orElseThrow();
        assertEquals(List.of(), small.plan().faults(SEED), "in the end it does not");
        List<ChoiceOccurrence> left = small.choices().orElseThrow().choices();
        assertEquals(5, left.size(), left::toString);
        assertEquals(made(small.plan()), left);
        assertEquals(FIFTH_QUESTION.toNanos(), hearing(left).atNanos());
    }

    private static ChoiceOccurrence hearing(List<ChoiceOccurrence> choices) {
        return choices.stream()
                .filter(choice -> choice.choice().equals("jury.hear.juror"))
                .findFirst()
                .orElseThrow();
    }

    /** Has always predicted that the last is best. */
    private static final class Sure implements Resolver<Jury> {
        private static final Decision.Value BAD = new Decision.Value(9, 0, 1);
        private static final Decision.Value GOOD = new Decision.Value(1, 0, 1);

        @Override
        public Resolution resolve(ChoiceContext<Jury> context) {
            List<Decision.Value> values = new ArrayList<>(
                    context.alternatives().stream().map(alternative -> BAD).toList());
            values.set(values.size() - 1, GOOD);
            return new Resolution.Decided(values.size() - 1, Decision.Source.PREDICTED, values, 7);
        }

        @Override
        public int resolveNow(String choice, List<?> candidates) {
            return 0;
        }
    }

    private static List<Decision> decisions(SimulationPlan<Jury> plan, List<String> digests) {
        List<Decision> decisions = new ArrayList<>();
        Simulation<Jury> run = plan.start(plan.script(), SEED, system -> system.onDecision(decisions::add));
        run.runUntil(plan.until());
        digests.add(run.digest());
        return decisions;
    }

    @Test
    void whatIsForcedIsNotToldAsPredicted() {
        SimulationPlan<Jury> sure = new SimulationPlan<>(
                new SimulatedSystem<>(
                        new JuryMachine(),
                        new TreeMap<>(),
                        Hosting.of((self, clock, surroundings, seed) -> new Sure()),
                        SyntheticWideArea::generate),
                3,
                new PlayedScenario(new Hearing(), new TreeMap<>(), FaultPhase.NONE, Optional.empty()),
                1);
        List<String> digests = new ArrayList<>();
        List<Decision> own = decisions(sure, digests);
        assertFalse(own.isEmpty());
        own.forEach(decision -> assertEquals(Decision.Source.PREDICTED, decision.source()));
        ChoiceScript script = sure.script();
        sure.start(script, SEED, system -> {}).runUntil(sure.until());
        List<ChoiceOccurrence> all =
                script.taken().stream().map(ChoiceScript.Taken::choice).toList();
        assertEquals(own.toString(), decisions(sure.withChoices(all), digests).toString(), "nothing is replaced");
        assertEquals(digests.get(0), digests.get(1));
        for (Decision forced : decisions(sure.withChoices(List.of()), digests)) {
            assertEquals(0, forced.chosen());
            assertEquals(Decision.Source.FALLBACK, forced.source());
            assertEquals(List.of(), forced.values(), "they argue for another alternative");
            assertEquals(0, forced.evidenceAgeNanos());
        }
    }
}
