package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.fixture.Gambler;
import dev.foresail.predictor.fixture.GamblerMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose handlers depend on all that they can be told, and are undone. */
final class RewindTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId OTHER = NodeId.of(2);

    private final Machine<Gambler> machine = new GamblerMachine();
    private final RecordingHost host = new RecordingHost();
    private final Doubtful steering = new Doubtful();
    private final Random draws = new Random(7);
    private NodeRuntime<Gambler> node = node(NodeSettings.DEFAULT);

    private NodeRuntime<Gambler> node(NodeSettings settings) {
        return new NodeRuntime<>(
                machine,
                SELF,
                new Gambler(),
                new NodeRuntime.NodeParts<>(host, settings, new ManualResolver<>(false), steering, NodeObserver.NONE),
                draws::nextInt);
    }

    /** Lets everything pass but what is played for the stakes that a test says. */
    private static final class Doubtful implements Steering<Gambler> {
        boolean tries = true;
        boolean doubts;
        boolean refuses;
        String before = "nobody has asked";

        @Override
        public boolean tries(Event event) {
            return tries;
        }

        @Override
        public boolean isHarmless(Event event, Alternative taken, Gambler after) {
            return !doubts;
        }

        @Override
        public boolean accepts(Event event, Alternative taken, Gambler before, Gambler after, Step<Gambler> step) {
            this.before = new GamblerMachine().describe(before);
            return !refuses;
        }
    }

    private void play(long stake) {
        node.call("play", List.of(stake));
        host.advanceMillis(3);
    }

    private String state() {
        return machine.describe(node.state());
    }

    @Test
    void aRefusedHandlerLeavesTheStateAsItWasHoweverManyRanBefore() {
        for (int played = 0; played < 3 * Rewind.MOST; played++) {
            play(played);
            assertRefusedHandlerIsUndone();
        }
        assertTrue(state().contains("night fell"), "a timer has fired");
    }

    @Test
    void manyHandlersAreRunAgainWithWhatTheyWereTold() {
        for (int played = 0; played < Rewind.MOST / 2; played++) {
            play(played);
        }
        String before = state();
        steering.doubts = true;
        node.call("play", List.of(1_000L));
        assertEquals(before, steering.before);
        assertNotEquals(before, state(), "it was accepted");
        steering.refuses = true;
        String accepted = state();
        node.call("play", List.of(1_001L));
        assertEquals(accepted, steering.before);
        assertEquals(accepted, state());
    }

    @Test
    void whatIsUndoneLongAfterTheLastDoubtComesBackFromACopyThatWasRenewed() {
        for (int played = 0; played < 3 * Rewind.MOST + 7; played++) {
            play(played);
        }
        assertTrue(state().contains("night fell"), "a timer has fired");
        assertRefusedHandlerIsUndone();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Rewind.MOST - 1,
                Rewind.MOST,
                Rewind.MOST + 1,
                2 * Rewind.MOST - 1,
                2 * Rewind.MOST,
                2 * Rewind.MOST + 1
            })
    void aHandlerIsUndoneRightBeforeAndAfterTheCopyIsRenewed(int handlers) {
        for (int played = 0; played < handlers; played++) {
            node.call("play", List.of((long) played));
        }
        assertRefusedHandlerIsUndone();
        node.call("play", List.of(1_001L));
        assertTrue(state().contains("played for 1001"), "the next one is not refused");
        assertRefusedHandlerIsUndone();
    }

    private void assertRefusedHandlerIsUndone() {
        String before = state();
        steering.before = "nobody has asked";
        steering.doubts = true;
        steering.refuses = true;
        node.call("play", List.of(1_000L));
        assertEquals(before, steering.before, "what steering judges by");
        assertEquals(before, state());
        steering.doubts = false;
        steering.refuses = false;
    }

    @Test
    void whatCannotBeUndoneIsNoPartOfTheNote() {
        play(1);
        node.connectionError(OTHER);
        play(2);
        steering.tries = false;
        play(3);
        steering.tries = true;
        play(4);
        String before = state();
        steering.doubts = true;
        steering.refuses = true;
        node.call("play", List.of(1_000L));
        assertEquals(before, state());
        assertTrue(before.contains("lost n2"), before);
    }

    @Test
    void aHandlerThatThrowsIsUndoneToo() {
        steering.tries = false;
        node = node(NodeSettings.DEFAULT.withIsolateFailures(true));
        for (int played = 0; played < 5; played++) {
            play(played);
        }
        String before = state();
        node.call("cheat", List.of());
        assertEquals(before, state());
        play(6);
        assertNotEquals(before, state());
    }

    @Test
    void aStateThatWasGivenBackIsTheCallersOwn() {
        Rewind<Gambler> rewind = new Rewind<>(machine, SELF);
        Gambler state = new Gambler();
        rewind.before(state);
        Gambler back = rewind.state();
        machine.run(back, new Event.ConnectionError(OTHER), take(back), new ReadAgain(SELF, List.of()));
        assertEquals(machine.describe(state), machine.describe(rewind.state()));
    }

    private Alternative take(Gambler state) {
        return machine.alternatives(state, new Event.ConnectionError(OTHER), new ReadAgain(SELF, List.of()))
                .get(0);
    }
}
