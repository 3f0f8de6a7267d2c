package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.fixture.TicketsMachine;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.UntilViolated;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A box office amid many faults, of which one crash is to blame. */
class SeedShrinkerTest {
    private final SimulationPlan<Tickets> plan = Plans.tickets(12, Plans.MIX);
    private final long seed = Plans.failing(plan);

    private Optional<ShrunkSeed<Tickets>> shrink(String property, long runs) {
        return new SeedShrinker<>(plan, new ShrinkBudget(runs, 1_000_000, () -> false)).shrink(seed, property);
    }

    @Test
    void theCrashOfTheOfficeIsAllThatIsLeft() {
        assertTrue(plan.faults(seed).size() > 5, "many faults to choose from");
        ShrunkSeed<Tickets> small = shrink("soldOnce", 500).orElseThrow();
        assertEquals(FaultKind.CRASH, small.plan().faults(seed).get(0).kind(), () -> small.words());
        assertEquals(1, small.plan().faults(seed).size(), small::words);
        assertTrue(small.plan().nodes() <= 6, small::words);
        assertEquals(small.sighting().atNanos(), small.plan().until().toNanos(), "nothing comes afterwards");
    }

    @Test
    void whatIsLeftViolatesThePropertyAtTheSameEventEveryTime() {
        ShrunkSeed<Tickets> small = shrink("soldOnce", 500).orElseThrow();
        assertEquals(Optional.of(small.sighting()), play(small.plan(), seed));
        assertEquals(small.sighting(), shrink("soldOnce", 500).orElseThrow().sighting());
    }

    /** When nodes come back that have left depends on when the faults are over, not on when the run is. */
    @Test
    void aRunThatEndsWithTheViolationIsTheSameUpToThereWhileNodesAreAway() {
        SimulationPlan<Tickets> churned = Plans.tickets(5, "churn 12/min for 20s");
        List<Long> failing = LongStream.rangeClosed(1, 20)
                .filter(each -> new SeedRun<>(churned, each).play().isViolated())
                .boxed()
                .toList();
        assertTrue(failing.size() >= 3, failing::toString);
        for (long each : failing) {
            ShrunkSeed<Tickets> whole = new SeedShrinker<>(churned, new ShrinkBudget(1, 1_000_000, () -> false))
                    .shrink(each, "soldOnce")
                    .orElseThrow();
            assertEquals(whole.sighting().atNanos(), whole.plan().until().toNanos(), "it ends there");
            assertEquals(
                    churned.until().multipliedBy(2).dividedBy(3),
                    whole.plan().played().faults().end(whole.plan().until()),
                    "the faults are over when they were");
            assertEquals(Optional.of(whole.sighting()), play(whole.plan(), each), "seed " + each);
        }
    }

    private static Optional<Sighting> play(SimulationPlan<Tickets> plan, long seed) {
        return plan.untilViolated(seed, "soldOnce").play(plan.until(), 1_000_000, () -> false);
    }

    /** Whose guests come on the first day only: against the rules for scenarios, but somebody will write one. */
    private static final class OneDay implements Scenario {
        private final BoxOffice day = new BoxOffice();
        private boolean isOver;

        @Override
        public String name() {
            return "one-day";
        }

        @Override
        public Duration duration(int nodes) {
            return day.duration(nodes);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            if (!isOver) {
                day.play(stage, parameterValues);
            }
            isOver = true;
        }
    }

    @Test
    void aRunIsNotCutWhereThatMakesItAnother() {
        SimulationPlan<Tickets> once = Plans.of(new TicketsMachine(), new OneDay(), 12, Plans.MIX);
        ShrunkSeed<Tickets> whole = new SeedShrinker<>(once, new ShrinkBudget(1, 1_000_000, () -> false))
                .shrink(seed, "soldOnce")
                .orElseThrow();
        assertEquals(once.until(), whole.plan().until());
    }

    /** Without the crash of the office a day goes on to its end; that is paid for. */
    @Test
    void whatIsPlayedInVainIsPaidForToo() {
        ShrinkBudget one = new ShrinkBudget(1, 1_000_000, () -> false);
        Sighting first = new SeedShrinker<>(plan, one)
                .shrink(seed, "soldOnce")
                .orElseThrow()
                .sighting();
        assertEquals(1_000_000 - 2 * first.event(), one.eventsLeft(), "once to see it and once to see it cut");
        ShrinkBudget two = new ShrinkBudget(2, 1_000_000, () -> false);
        new SeedShrinker<>(plan, two).shrink(seed, "soldOnce");
        UntilViolated<Tickets> calm = plan.with(List.of()).untilViolated(seed, "soldOnce");
        assertTrue(calm.play(plan.until(), 2 * first.event(), () -> false).isEmpty());
        assertTrue(calm.events() > first.event(), calm::toString);
        assertEquals(one.eventsLeft() - calm.events(), two.eventsLeft());
    }

    @Test
    void withoutBudgetTheRunStaysAsItIs() {
        ShrunkSeed<Tickets> whole = shrink("soldOnce", 1).orElseThrow();
        assertEquals(12, whole.plan().nodes());
        assertEquals(plan.faults(seed), whole.plan().faults(seed));
        assertTrue(shrink("soldOnce", 0).isEmpty(), "not even the run itself can be played");
    }

    @Test
    void aPropertyThatIsNotViolatedHasNothingToBeShrunk() {
        assertTrue(shrink("soldTwice", 500).isEmpty());
    }
}
