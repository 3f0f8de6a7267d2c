package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.scenario.fault.FaultKind;
import java.util.Optional;
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
        assertEquals(
                Optional.of(small.sighting()), small.plan().untilViolated(seed, "soldOnce", 1_000_000, () -> false));
        assertEquals(small.sighting(), shrink("soldOnce", 500).orElseThrow().sighting());
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
