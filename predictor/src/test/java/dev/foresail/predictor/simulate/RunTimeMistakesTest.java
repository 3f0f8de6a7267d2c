package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.predictor.fixture.Clumsy;
import dev.foresail.predictor.fixture.ClumsyMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mistakes that the compiler cannot see: each fails the step that makes it, with its code, and the step has no effect. */
final class RunTimeMistakesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Simulation<Clumsy> simulation = clumsy(ResolverSettings.policy(ResolverSettings.Kind.FIRST));

    private static Simulation<Clumsy> clumsy(ResolverSettings resolver) {
        Simulation<Clumsy> simulation = Simulations.of(
                new ClumsyMachine(), List.of(), 2, 1, resolver, NodeSettings.DEFAULT.withIsolateFailures(true));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private void assertFails(String code, String part, String call, Object... arguments) {
        simulation.call(ONE, call, List.of(arguments));
        simulation.runUntil(Duration.ofSeconds(1));
        assertEquals(1, simulation.failures().size(), simulation.failures()::toString);
        assertTrue(simulation.failures().get(0).contains("[" + code + "] "), simulation.failures()::toString);
        assertTrue(simulation.failures().get(0).contains(part), simulation.failures()::toString);
        assertEquals(List.of(), state(simulation).picked());
        assertEquals(0, state(simulation).knocks());
    }

    private static Clumsy state(Simulation<Clumsy> simulation) {
        return (Clumsy) simulation.state(ONE).orElseThrow();
    }

    @Test
    void whatIsSentIsNoMessage() {
        assertFails("FS101", "its messages are [Knock]", "sendText", TWO);
    }

    @Test
    void aTimerIsUnknown() {
        assertFails("FS102", "its timers are [bell]", "arm", "bel");
    }

    @Test
    void aChoiceHasNoCandidates() {
        assertFails("FS103", "0 candidates", "chooseAmong", 0);
    }

    @Test
    void aChoiceHasTooManyCandidates() {
        assertFails("FS103", "65 candidates", "chooseAmong", 65);
    }

    @Test
    void anAggregateIsUnknown() {
        assertFails("FS104", "its aggregates are [count]", "read", "cuont");
    }

    @Test
    void noHandlerIsEnabled() {
        assertFails("FS105", "enter", "enter");
    }

    @Test
    void theProtocolGivesUp() {
        assertFails("FS107", "two roots", "giveUp");
    }

    @Test
    void aGuardAsksForTheTime() {
        assertFails("FS108", "Node.nowNanos", "hurry");
    }

    @Test
    void twoHandlersApplyAtOnce() {
        assertFails("FS110", "'welcome' and 'serve'", "knock", ONE);
    }

    @Test
    void aCallIsUnknownOrHasWrongArguments() {
        assertEquals("FS106", refusal("knok", TWO));
        assertEquals("FS106", refusal("knock", "n2"));
    }

    private String refusal(String call, Object argument) {
        return assertThrows(ProtocolException.class, () -> simulation.call(ONE, call, List.of(argument)))
                .code();
    }

    @Test
    void aScriptIsFollowedUntilItDoesNotFit() {
        Simulation<Clumsy> scripted = clumsy(new ResolverSettings(
                ResolverSettings.Kind.SCRIPTED, Optional.empty(), 8, 100, Duration.ofMinutes(1), List.of(2, 1, 7)));
        scripted.call(ONE, "pick", List.of());
        scripted.call(ONE, "chooseAmong", List.of(4));
        assertEquals(List.of(3, 1), state(scripted).picked());
        assertFitsNot(scripted, 1, "says alternative 7");
        assertFitsNot(scripted, 2, "says nothing more");
        assertEquals(List.of(3, 1), state(scripted).picked());
    }

    private static void assertFitsNot(Simulation<Clumsy> scripted, int failures, String part) {
        scripted.call(ONE, "pick", List.of());
        assertEquals(failures, scripted.failures().size(), scripted.failures()::toString);
        String last = scripted.failures().get(failures - 1);
        assertTrue(last.contains("[FS130] the script " + part), last);
    }
}
