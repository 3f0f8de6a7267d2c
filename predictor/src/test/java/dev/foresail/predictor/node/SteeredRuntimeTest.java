package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node whose events pass {@link Steering}. */
final class SteeredRuntimeTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId CLERK = NodeId.of(2);
    private static final NodeId LEFT = NodeId.of(10);
    private static final NodeId RIGHT = NodeId.of(11);

    private final RecordingHost host = new RecordingHost();
    private final Steered steering = new Steered();
    private final NodeRuntime<Desk> node = new NodeRuntime<>(
            new DeskMachine(),
            SELF,
            Desk.withTrays(LEFT, RIGHT),
            new NodeRuntime.NodeParts<>(
                    host, NodeSettings.DEFAULT, new ManualResolver<>(false), steering, NodeObserver.NONE),
            bound -> 0);
    private long clerkSent;

    /** Does what a test says. */
    private static final class Steered implements Steering<Desk> {
        final Set<Class<? extends Event>> barred = new HashSet<>();
        final Set<Object> refusedBindings = new HashSet<>();
        final List<String> advised = new ArrayList<>();

        @Override
        public void advised(NodeId peer, String path) {
            advised.add(peer + " " + path);
        }

        @Override
        public List<Alternative> admitted(Event event, long sequence, List<Alternative> alternatives, Desk state) {
            return barred.contains(event.getClass()) ? List.of() : alternatives;
        }

        @Override
        public boolean tries(Event event) {
            return !refusedBindings.isEmpty();
        }

        @Override
        public boolean accepts(Event event, Alternative taken, Desk before, Desk after, Step<Desk> step) {
            assertEquals(before.filed().size() + 1, after.filed().size());
            assertEquals(1, step.sends().size());
            return taken.bindings().stream().noneMatch(refusedBindings::contains);
        }
    }

    /** Says what it is told of being put in place. */
    private record Recorded(String name, List<String> told) implements Steering<Desk> {
        @Override
        public void attached(SteeredNode<Desk> node) {
            told.add(name + " steers " + node.self());
        }

        @Override
        public void replaced() {
            told.add(name + " is replaced");
        }

        @Override
        public List<Alternative> admitted(Event event, long sequence, List<Alternative> alternatives, Desk state) {
            // An event that waits is looked at twice.
            if (!told.get(told.size() - 1).equals(name + " is asked")) {
                told.add(name + " is asked");
            }
            return alternatives;
        }
    }

    @Test
    void theSteeringBeforeIsToldThatItIsReplacedAndIsAskedNoMore() {
        List<String> told = new ArrayList<>();
        node.steer(new Recorded("one", told));
        letter(1);
        node.steer(new Recorded("another", told));
        letter(2);
        assertEquals(
                List.of(
                        "one steers " + SELF,
                        "one is asked",
                        "one is replaced",
                        "another steers " + SELF,
                        "another is asked"),
                told);
    }

    private void letter(long number) {
        node.receive(CLERK, new Envelope.Payload(++clerkSent, 0, new Desk.Letter(number)));
        host.advanceMillis(100);
    }

    @Test
    void adviceGoesToPeersThatAreConnectedAndIsNoMessageOfTheProtocol() {
        assertFalse(node.advise(CLERK, "the path"), "nobody is connected");
        letter(1);
        host.takeSent();
        Channel before = channel(CLERK).copy();
        assertTrue(node.advise(CLERK, "the path"));
        assertEquals(List.of(new RecordingHost.Sent(CLERK, new Envelope.Advice("the path"))), host.takeSent());
        node.receive(CLERK, new Envelope.Advice("another"));
        assertEquals(List.of("n2 another"), steering.advised);
        assertEquals(before.sent(), channel(CLERK).sent());
        assertEquals(before.received(), channel(CLERK).received());
        assertEquals(List.of(1L), node.state().filed());
    }

    private Channel channel(NodeId peer) {
        return Optional.ofNullable(node.channels().get(peer)).orElseThrow();
    }

    @Test
    void aMessageThatIsTurnedAwayIsDroppedAndItsConnectionBroken() {
        steering.barred.add(Event.Delivery.class);
        letter(1);
        assertEquals(List.of(), node.state().filed());
        assertEquals(List.of(CLERK), host.takeBroken());
        assertEquals(1, host.turnedAway().size());
        assertFalse(node.channels().containsKey(CLERK), "it does not count as received");
    }

    @Test
    void whatComesOverTheConnectionStillIsLostUntilItHasBroken() {
        steering.barred.add(Event.Delivery.class);
        letter(1);
        steering.barred.clear();
        letter(2);
        assertEquals(List.of(), node.state().filed());
        assertEquals(List.of(CLERK), host.takeBroken(), "broken once");
        node.connectionError(CLERK);
        assertEquals(List.of(CLERK), node.state().lost());
        clerkSent = 0;
        letter(3);
        assertEquals(List.of(3L), node.state().filed());
    }

    @Test
    void aTimerThatIsTurnedAwayFiresLater() {
        node.call("wind", List.of(10L));
        steering.barred.add(Event.TimerFired.class);
        host.advanceMillis(10);
        assertEquals(List.of(), node.state().filed());
        steering.barred.clear();
        host.advanceMillis(NodeSettings.DEFAULT.postponement().toMillis() - 1);
        assertEquals(List.of(), node.state().filed());
        host.advanceMillis(1);
        assertEquals(List.of(-1L), node.state().filed());
    }

    @Test
    void whoeverMadeACallThatIsTurnedAwayIsTold() {
        steering.barred.add(Event.Call.class);
        node.call("close", List.of());
        assertEquals(List.of(new Event.Call("close", List.of())), host.turnedAway());
        steering.barred.clear();
        letter(1);
        assertEquals(List.of(1L), node.state().filed(), "the desk is open still");
    }

    @Test
    void anotherAlternativeIsTakenWhereThereIsOne() {
        steering.refusedBindings.add(LEFT);
        letter(1);
        assertEquals(List.of(1L), node.state().filed());
        assertEquals(
                List.of(RIGHT),
                host.takeSent().stream()
                        .filter(sent -> sent.envelope() instanceof Envelope.Payload)
                        .map(RecordingHost.Sent::to)
                        .toList());
        assertEquals(List.of(), host.turnedAway());
    }

    @Test
    void whereNoAlternativeIsLeftNothingHasHappened() {
        steering.refusedBindings.addAll(List.of(LEFT, RIGHT));
        letter(1);
        assertEquals(List.of(), node.state().filed());
        assertEquals(List.of(), host.takeMessages());
        assertEquals(1, host.turnedAway().size());
        assertEquals(List.of(CLERK), host.takeBroken());
    }

    @Test
    void whatHasHappenedAlreadyCannotBeTurnedAway() {
        steering.barred.add(Event.ConnectionError.class);
        node.connectionError(CLERK);
        assertEquals(List.of(CLERK), node.state().lost());
    }

    @Test
    void aDeferredMessageIsTurnedAwayWhenItsTurnComes() {
        node.call("close", List.of());
        letter(1);
        assertEquals(1, node.snapshot().own().deferred().size());
        steering.barred.add(Event.Delivery.class);
        node.call("open", List.of());
        assertEquals(List.of(), node.state().filed());
        assertEquals(0, node.snapshot().own().deferred().size());
        assertEquals(List.of(CLERK), host.takeBroken());
    }
}
