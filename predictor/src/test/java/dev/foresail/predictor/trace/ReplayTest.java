package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.fixture.TwoPhase;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final String[] OVERLOAD = {
        "n2 call openDoor[]",
        "n1 call ship[n2, 3]",
        "n2 receives Parcel[weight=3] from n1, choosing [store[2]]",
        "n1 call ship[n2, 3]",
        "n2 receives Parcel[weight=3] from n1, choosing [store[2]]"
    };

    private final SystemModel<Depot> model = Paths.depots();

    private Trace overload() {
        return Replay.record(model, Paths.ORIGIN, Paths.violation(Paths.OVERLOADED, Paths.told(model, OVERLOAD)));
    }

    private static Trace changed(Trace trace, UnaryOperator<String> change) {
        String text = Paths.text(trace);
        String changed = change.apply(text);
        assertFalse(changed.equals(text), "the change shall change something");
        return Paths.read(changed);
    }

    private String refused(Trace trace) {
        return assertThrows(TraceException.class, () -> Replay.of(model, trace)).code();
    }

    @Test
    void theViolationComesAgainAtTheEndAndNotBefore() {
        Replay<Depot> replay = Replay.of(model, overload());

        assertTrue(replay.run().isViolated());
        assertEquals(5, replay.run().steps().size());
        assertFalse(replay.until(4).isViolated());
        assertEquals(List.of(), replay.until(0).steps());
        assertThrows(IllegalArgumentException.class, () -> replay.until(6));
    }

    @Test
    void aStepThatIsNotPossibleIsNamedWithWhatIs() {
        Trace trace = overload();
        Trace withoutShipping = new Trace(
                trace.header(), List.of(trace.steps().get(0), trace.steps().get(2)));

        TraceDivergedException diverged = assertThrows(
                TraceDivergedException.class,
                () -> Replay.of(model, withoutShipping).run());

        assertEquals(2, diverged.step());
        assertEquals(trace.steps().subList(0, 1), diverged.seen());
        assertEquals("n2 receives Parcel[weight=3] from n1, choosing [1]", diverged.expected());
        assertTrue(diverged.possible().get(0).startsWith("n2 "), diverged.getMessage());
        assertTrue(diverged.getMessage().startsWith("[FS251]"), diverged.getMessage());
    }

    @Test
    void aViolationThatDoesNotHappenAgainIsNotRecorded() {
        Violation none = Paths.violation(Paths.OVERLOADED, Paths.told(model, "n1 timer count"));
        NonDeterminismException differs =
                assertThrows(NonDeterminismException.class, () -> Replay.recordFound(model, Paths.ORIGIN, none));
        assertTrue(
                differs.getMessage()
                        .contains("the path to noDepotIsOverloaded is not deterministic: its end is a violation"),
                differs.getMessage());
        Violation found = Paths.violation(Paths.OVERLOADED, Paths.told(model, OVERLOAD));
        assertEquals(overload(), Replay.recordFound(model, Paths.ORIGIN, found));
    }

    @Test
    void decisionsThatDoNotFitAreADivergence() {
        Trace trace = changed(
                overload(),
                text -> text.replace("{\"index\":1,\"chosen\":\"store[2]\"}", "{\"index\":2,\"chosen\":\"\"}"));
        assertEquals(
                3,
                assertThrows(
                                TraceDivergedException.class,
                                () -> Replay.of(model, trace).run())
                        .step());
    }

    @Test
    void aWorldThatIsNoneOfTheInitialOnesIsADivergenceAtOnce() {
        Trace trace = changed(overload(), text -> text.replace("\"initialWorld\":0", "\"initialWorld\":3"));
        assertEquals(
                0,
                assertThrows(
                                TraceDivergedException.class,
                                () -> Replay.of(model, trace).until(0))
                        .step());
    }

    @Test
    void aTraceOfAnotherProtocolOrSchemaIsRefused() {
        TraceException other = assertThrows(TraceException.class, () -> Replay.of(TwoPhase.model(2), overload()));
        assertEquals("FS254", other.code());
        assertTrue(other.getMessage().contains("'depot', not of 'two-phase'"), other.getMessage());

        Trace old = changed(overload(), text -> text.replaceFirst("\"schema\":\"....", "\"schema\":\"0123"));
        assertEquals("FS255", refused(old));
        assertTrue(Replay.ofAnySchema(model, old).run().isViolated());
    }

    @Test
    void whatTheModelDoesNotHaveIsRefused() {
        assertEquals("FS257", refused(changed(overload(), text -> text.replace("\"node\":2", "\"node\":9"))));
        assertEquals("FS257", refused(changed(overload(), text -> text.replace("\"peer\":1", "\"peer\":9"))));
        assertEquals("FS257", refused(changed(overload(), text -> text.replace("[\"n2\",\"3\"]", "[\"n2\",\"4\"]"))));
        assertEquals("FS257", refused(changed(overload(), text -> text.replace("\"bytes\":\"00", "\"bytes\":\"7e"))));
        assertEquals("FS257", refused(changed(overload(), text -> text.replace("\"bytes\":\"", "\"bytes\":\"zz"))));
        assertEquals(
                "FS257",
                refused(changed(
                        overload(),
                        text -> text.replace(
                                "\"message\":\"Parcel[weight=3]\",\"bytes", "\"message\":\"Box\",\"bytes"))));
        Trace timer = Replay.record(
                model, Paths.ORIGIN, Paths.violation(Paths.OVERLOADED, Paths.told(model, "n1 timer count")));
        assertEquals("FS257", refused(changed(timer, text -> text.replace("\"name\":\"count\"", "\"name\":\"cont\""))));
    }

    @Test
    void aCallIsFoundAgainWhenTheOffersHaveMoved() {
        Trace trace = changed(overload(), text -> text.replace("\"offer\":1", "\"offer\":4"));
        assertTrue(Replay.of(model, trace).run().isViolated());
    }

    @Test
    void aHandlerThatThrowsEndsThePath() {
        List<Action> path = Paths.told(model, "n1 call openDoor[]", "n1 call drop[]");
        Violation thrown = new Violation(SystemModel.HANDLER_THREW, false, 0, path, "");
        Trace trace = Replay.record(model, Paths.ORIGIN, thrown);

        Replay.Outcome<Depot> outcome = Replay.of(model, trace).run();

        assertTrue(outcome.isViolated());
        assertTrue(outcome.thrown().orElseThrow().getMessage().contains("dropped"));
        assertEquals(List.of(SystemModel.HANDLER_THREW), trace.steps().get(1).violated());
        Trace longer = new Trace(
                trace.header(),
                List.of(
                        trace.steps().get(0),
                        trace.steps().get(1),
                        trace.steps().get(0)));
        assertEquals(
                3,
                assertThrows(
                                TraceDivergedException.class,
                                () -> Replay.of(model, longer).run())
                        .step());
    }

    @Test
    void aLivenessPropertyIsViolatedByNeverComingToHold() {
        List<Action> path = Paths.told(model, "n1 call openDoor[]", "n2 timer count", "n2 silent-reset");
        Violation never = new Violation("someDepotIsCounted", true, 0, path, "");
        Replay<Depot> replay = Replay.of(model, Replay.record(model, Paths.ORIGIN, never));

        assertTrue(replay.until(1).isViolated());
        assertFalse(replay.until(2).isViolated());
        assertFalse(replay.until(3).isViolated(), "it has held once");
    }

    @Test
    void aTraceNamesItsModel() {
        Trace trace = overload();
        ClassLoader loader = ReplayTest.class.getClassLoader();
        assertEquals(2, Traces.model(trace, loader).nodes().size());
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("depots", "5");
        Trace five = new Trace(
                new Trace.Header(
                        new Trace.Origin("depot", "depot", settings),
                        Optional.empty(),
                        trace.header().schema(),
                        "p",
                        false,
                        0,
                        ""),
                List.of());
        assertEquals(5, Traces.model(five, loader).nodes().size());
        assertEquals(Network.ORDERED, Traces.model(five, loader).network());
        for (String[] wrong : new String[][] {
            {"\"protocol\":\"depot\"", "\"protocol\":\"depott\"", "FS254"},
            {"\"scenario\":\"depot\"", "\"scenario\":\"depott\"", "FS256"},
            {"\"settings\":{}", "\"settings\":{\"depots\":\"many\"}", "FS256"},
            {"\"settings\":{}", "\"settings\":{\"dpots\":\"2\"}", "FS256"}
        }) {
            Trace unknown = changed(trace, text -> text.replace(wrong[0], wrong[1]));
            TraceException refused = assertThrows(TraceException.class, () -> Traces.model(unknown, loader));
            assertEquals(wrong[2], refused.code());
            assertTrue(refused.getMessage().contains("depot"), refused.getMessage());
        }
    }
}
