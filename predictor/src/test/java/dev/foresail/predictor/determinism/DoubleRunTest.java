package dev.foresail.predictor.determinism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.determinism.fixture.Fickle;
import dev.foresail.predictor.determinism.fixture.FickleMachine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleRunTest {
    private final FickleMachine machine = new FickleMachine();
    private final DoubleRun<Fickle> runs = new DoubleRun<>(machine);
    private final Fickle state = machine.create(List.of());

    private DoubleRun.Given<Fickle> call(String name, Integer... decisions) {
        return new DoubleRun.Given<>(
                NodeId.of(1), state, new Event.Call(name, List.of()), 0, List.of(), Map.of(), List.of(decisions));
    }

    private Alternative handler(String name) {
        for (int index = 0; index < machine.handlers().size(); index++) {
            if (machine.handlers().get(index).name().equals(name)) {
                return Alternative.of(index);
            }
        }
        throw new AssertionError(name);
    }

    @ParameterizedTest
    @CsvSource({
        "change, the field 'mood'",
        "say, message 2",
        "sayMore, message 1",
        "arm, timer 1",
        "write, note 1",
        "fall, what it throws",
        "ask, decision 1",
        "compare, the field 'mood'"
    })
    void namesWhatDiffers(String handler, String what) {
        NonDeterminismException thrown =
                assertThrows(NonDeterminismException.class, () -> runs.check(call(handler), handler(handler)));
        assertEquals(what, thrown.what());
        assertTrue(
                thrown.getMessage()
                        .startsWith("[FS267] the handler fickle." + handler + " is not deterministic: " + what + " is "
                                + thrown.expected() + ", but "),
                thrown::getMessage);
        assertTrue(!thrown.expected().equals(thrown.actual()), thrown::getMessage);
    }

    @Test
    void whatHangsOnTheIdentityOfAnObjectShowsInTheStateReadBack() {
        NonDeterminismException thrown =
                assertThrows(NonDeterminismException.class, () -> runs.check(call("compare"), handler("compare")));
        assertTrue(
                thrown.getMessage().contains("the field 'mood' is 1, but from the state read back 2"),
                thrown::getMessage);
    }

    @Test
    void aSteadyHandlerPassesAndLeavesTheStateAlone() {
        String before = machine.describe(state);
        runs.check(call("steady", 2, 1), handler("steady"));
        assertEquals(before, machine.describe(state));
        assertEquals(List.of(handler("steady")), runs.checkAlternatives(call("steady")));
    }

    @Test
    void recordedDecisionsAreTaken() {
        RunRecord<Fickle> run = RunRecord.of(machine, call("steady", 2, 1), handler("steady"));
        assertEquals(List.of("random(5)", "fickle.which[10, 20, 30]"), run.asked());
        assertTrue(machine.describe(run.state()).contains("heard=[2, 20]"), machine.describe(run.state()));
        assertEquals("nothing", run.thrown());
    }

    @Test
    void aGuardThatChangesItsMindIsFound() {
        NonDeterminismException thrown =
                assertThrows(NonDeterminismException.class, () -> runs.checkAlternatives(call("perhaps")));
        assertEquals("the list of alternatives", thrown.what());
    }

    @Test
    void aGuardThatChangesTheStateIsFound() {
        NonDeterminismException thrown =
                assertThrows(NonDeterminismException.class, () -> runs.checkAlternatives(call("curious")));
        assertEquals("the field 'mood'", thrown.what());
        assertTrue(thrown.getMessage().contains(" is 0, but after asking 1"), thrown::getMessage);
    }
}
