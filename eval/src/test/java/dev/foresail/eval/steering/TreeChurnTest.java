package dev.foresail.eval.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.steering.TreeChurn.Outcome;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SteeringMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seeds in which nodes get into inconsistent states when nobody keeps them from it. */
final class TreeChurnTest {
    private static final long SEED = 40_002;
    private static final String BUGS = "RT-1,RT-2,RT-3";

    @Test
    void steeringKeepsNodesFromStatesThatTheyGetIntoWithoutIt() {
        Outcome without = new TreeChurn(BUGS, SteeringMode.OFF, SEED).play();
        assertTrue(without.inconsistencies().containsKey("familyIsDisjoint"), without.inconsistencies()::toString);
        assertTrue(without.inconsistencies().containsKey("recoveryIsArmed"), without.inconsistencies()::toString);
        assertEquals(List.of(), without.interventions());

        Outcome with = new TreeChurn(BUGS, SteeringMode.STEER, SEED).play();
        assertEquals(0, with.inconsistentStates());
        assertFalse(with.interventions().isEmpty());
        assertTrue(with.interventions().stream().allMatch(Intervention::steered));
        assertEquals(0, with.failures());
    }

    @Test
    void whoOnlyObservesSeesWhatHappens() {
        Outcome observed = new TreeChurn(BUGS, SteeringMode.OBSERVE, SEED).play();
        assertTrue(observed.inconsistentStates() > 0);
        assertTrue(observed.interventions().stream().noneMatch(Intervention::steered));
        assertEquals(
                observed.inconsistentStates(), observed.interventions().size(), "it sees each of them, and no other");
    }

    @Test
    void theMendedProtocolIsLeftAlone() {
        Outcome steered = new TreeChurn("none", SteeringMode.STEER, SEED).play();
        assertEquals(List.of(), steered.interventions());
        assertTrue(steered.counts().get("rounds") > 0, "it was looked at");
        assertEquals(0, steered.inconsistentStates());
    }

    @Test
    void noRunsHoldNoBar() {
        assertTrue(SteeringRandTree.report(List.of(), List.of(), List.of(), "").bars().stream()
                .noneMatch(Bar::holds));
    }
}
