package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class StepTest {
    private static final NodeId PEER = NodeId.of(2);

    private final List<String> choices = new ArrayList<>();
    private final Step<Desk> step = new Step<>(
            new DeskMachine(),
            NodeId.of(1),
            new Step.Inputs<>(Desk.keeping(3), 77, Set.of("tick"), Map.of(), bound -> bound - 1, this::second));

    private int second(String name, List<?> candidates) {
        choices.add(name + candidates);
        return 1;
    }

    private static void refused(String code, String hint, Executable action) {
        ProtocolException thrown = assertThrows(ProtocolException.class, action);
        assertEquals(code, thrown.code());
        assertTrue(thrown.getMessage().contains(hint), thrown.getMessage());
    }

    @Test
    void collectsEffectsInOrder() {
        step.send(PEER, new Desk.Letter(1));
        step.send(PEER, new Desk.Filed(2));
        step.note("said");
        assertEquals(
                List.of(new Step.Send(PEER, new Desk.Letter(1)), new Step.Send(PEER, new Desk.Filed(2))), step.sends());
        assertEquals(List.of("said"), step.notes());
        assertEquals(NodeId.of(1), step.self());
        assertEquals(77, step.nowNanos());
        assertEquals(9, step.random(10));
    }

    @Test
    void theLastWordOnATimerCounts() {
        assertTrue(step.isArmed("tick"), "armed before the step");
        step.cancelTimer("tick");
        assertFalse(step.isArmed("tick"));
        step.setTimer("tick", Duration.ofMillis(3));
        assertTrue(step.isArmed("tick"));
        assertEquals(Map.of("tick", 3_000_000L), step.timersSet());
        assertEquals(Set.of(), step.timersCancelled());
        step.cancelTimer("tick");
        assertEquals(Map.of(), step.timersSet());
        assertEquals(Set.of("tick"), step.timersCancelled());
    }

    @Test
    void aChoiceInsideAHandlerIsTheChoosers() {
        assertEquals("b", step.choose("letter", List.of("a", "b", "c")));
        assertEquals(List.of("desk.letter[a, b, c]"), choices);
    }

    @Test
    void anAggregateIsTheNodesOwnValueNow() {
        assertEquals(3, step.aggregate("work", Integer.class));
    }

    @Test
    void whatIsNotOfTheProtocolIsRefusedWithItsCode() {
        refused("FS101", "java.lang.String", () -> step.send(PEER, "hello"));
        refused("FS102", "'tack'", () -> step.setTimer("tack", Duration.ZERO));
        refused("FS102", "[tick]", () -> step.cancelTimer("tack"));
        refused("FS102", "[tick]", () -> step.isArmed("tack"));
        refused("FS103", "0 candidates", () -> step.choose("letter", List.of()));
        refused("FS103", "65 candidates", () -> step.choose("letter", java.util.Collections.nCopies(65, "x")));
        refused("FS104", "[work]", () -> step.aggregate("wrk", Integer.class));
        refused("FS104", "String", () -> step.aggregate("work", String.class));
        refused("FS107", "no ink", () -> step.fail("no ink"));
        assertEquals(List.of(), step.sends());
    }

    @Test
    void impossibleDelaysAndDrawsAreRefused() {
        ProtocolException past =
                assertThrows(ProtocolException.class, () -> step.setTimer("tick", Duration.ofNanos(-1)));
        assertEquals("FS447", past.code());
        assertThrows(IllegalArgumentException.class, () -> step.random(0));
    }
}
