package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An open desk with two trays: every letter is a choice that may wait for 50 ms. */
class NodeRuntimeTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId CLERK = NodeId.of(2);
    private static final NodeId BOSS = NodeId.of(3);
    private static final NodeId LEFT = NodeId.of(4);
    private static final NodeId RIGHT = NodeId.of(5);

    private final RecordingHost host = new RecordingHost();
    private final ManualResolver<Desk> resolver = new ManualResolver<>(true);
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Event> handled = new ArrayList<>();
    private NodeRuntime<Desk> node = desk(NodeSettings.DEFAULT);
    private long clerkSent;

    private NodeRuntime<Desk> desk(NodeSettings settings) {
        NodeObserver observer = new NodeObserver() {
            @Override
            public void decided(Decision decision) {
                decisions.add(decision);
            }

            @Override
            public void handled(Event event) {
                handled.add(event);
            }
        };
        return new NodeRuntime<>(
                new DeskMachine(),
                SELF,
                Desk.withTrays(LEFT, RIGHT),
                new NodeRuntime.NodeParts<>(host, settings, resolver, Steering.none(), observer),
                bound -> 0);
    }

    private void letterFromClerk(long number) {
        node.receive(CLERK, new Envelope.Payload(++clerkSent, 0, new Desk.Letter(number)));
    }

    private void letterFromBoss(long number) {
        node.receive(BOSS, new Envelope.Payload(1, 0, new Desk.Letter(number)));
    }

    @Test
    void parkingHoldsBackTheWholeChannelAndNoOther() {
        letterFromClerk(1);
        letterFromClerk(2);
        node.receive(CLERK, new Envelope.Subscribe());
        assertEquals(1, resolver.asked().size(), "the second letter of the clerk waits behind the first");
        resolver.prepare(1);
        letterFromBoss(7);
        assertEquals(List.of(7L), node.state().filed(), "the boss does not wait for the clerk");
        host.takeSent();
        resolver.prepare(0);
        resolver.prepare(1);
        resolver.asked().get(0).resume().run();
        assertEquals(List.of(7L, 1L, 2L), node.state().filed());
        List<RecordingHost.Sent> sent = host.takeSent();
        assertTrue(
                sent.stream()
                        .anyMatch(one -> one.to().equals(CLERK) && one.envelope() instanceof Envelope.AggregateExport),
                "the subscription came behind the letters");
        assertEquals(2, node.channels().get(CLERK).received());
    }

    @Test
    void checkpointsTellWhatTheApplicationAsksForAgainAndAgainWhereThatIsMeasured() {
        for (boolean measured : List.of(false, true)) {
            node = desk(NodeSettings.DEFAULT.withMeasuredCalls(measured));
            for (int second = 0; second < 10; second++) {
                host.advanceMillis(1000);
                node.call("post", List.of(BOSS, (long) second));
            }
            List<CallRate> calls = node.snapshot().own().calls();
            assertEquals(
                    measured ? List.of("post") : List.of(),
                    calls.stream().map(CallRate::name).toList());
            calls.forEach(rate -> assertEquals(1, rate.perSecond(), 0.2));
        }
    }

    @Test
    void aParkedMessageIsNotReceivedYetButItsSnapshotShowsItReceived() {
        letterFromClerk(1);
        assertEquals(0, receivedFromClerk(node.snapshot()));
        assertEquals(1, receivedFromClerk(resolver.asked().get(0).snapshot().get()));
        resolver.answer(0);
        assertEquals(1, receivedFromClerk(node.snapshot()));
    }

    private static long receivedFromClerk(Snapshot<Desk> snapshot) {
        Checkpoint.ChannelCheckpoint channel = snapshot.own().channels().get(CLERK);
        return channel == null ? 0 : channel.received();
    }

    @Test
    void guardsAndCandidatesAreLookedAtAgainOnRelease() {
        letterFromClerk(1);
        node.call("removeTray", List.of(LEFT));
        resolver.asked().get(0).resume().run();
        assertEquals(1, resolver.asked().size(), "one tray is left: nothing to choose");
        assertEquals(List.of(new Desk.Filed(1)), host.takeMessages());
        letterFromClerk(2);
        assertEquals(List.of(1L, 2L), node.state().filed());
    }

    @Test
    void aGuardThatClosesMeanwhileDefersTheParkedMessage() {
        letterFromClerk(1);
        node.call("close", List.of());
        resolver.asked().get(0).resume().run();
        assertEquals(List.of(), node.state().filed());
        assertEquals(1, node.snapshot().own().deferred().size());
        letterFromClerk(2);
        assertEquals(2, node.snapshot().own().deferred().size(), "the channel is free again");
    }

    @Test
    void theFallbackDecidesWhenTheTimeIsOver() {
        letterFromClerk(1);
        letterFromClerk(2);
        host.advanceMillis(49);
        assertEquals(List.of(), decisions);
        host.advanceMillis(1);
        assertEquals(List.of(1L), node.state().filed());
        assertEquals(50_000_000L, decisions.get(0).elapsedNanos());
        assertFalse(resolver.asked().get(1).mayWait(), "asked again, and told not to wait");
        assertEquals(Decision.Source.FALLBACK, decisions.get(0).source());
        host.advanceMillis(50);
        assertEquals(List.of(1L, 2L), node.state().filed(), "the second had its own time");
        resolver.asked().get(0).resume().run();
        assertEquals(List.of(1L, 2L), node.state().filed(), "an answer that comes too late does nothing");
    }

    @Test
    void tooManyWaitingDecideTheParkedEventAtOnce() {
        node = desk(NodeSettings.DEFAULT.withParkedLimit(2));
        letterFromClerk(1);
        letterFromClerk(2);
        assertEquals(List.of(), node.state().filed());
        letterFromClerk(3);
        assertEquals(List.of(1L), node.state().filed(), "the first is decided, the second is parked now");
        letterFromClerk(4);
        assertEquals(List.of(1L, 2L), node.state().filed());
    }

    @Test
    void aBrokenConnectionComesBehindWhatIsParked() {
        letterFromClerk(1);
        node.connectionError(CLERK);
        assertEquals(List.of(), node.state().lost());
        resolver.answer(1);
        assertEquals(List.of(1L), node.state().filed());
        assertEquals(List.of(CLERK), node.state().lost());
        assertFalse(node.channels().containsKey(CLERK), "a new connection counts from 1 again");
    }

    @Test
    void deferredMessagesAreTriedAgainInOrder() {
        node.call("close", List.of());
        letterFromClerk(1);
        letterFromBoss(2);
        assertEquals(2, node.snapshot().own().deferred().size());
        resolver.prepare(0);
        resolver.prepare(0);
        node.call("open", List.of());
        assertEquals(List.of(1L, 2L), node.state().filed());
        assertEquals(List.of(), node.snapshot().own().deferred());
    }

    @Test
    void aDeferredMessageThatIsParkedIsStillInTheCheckpointButNotInItsOwnLookAhead() {
        node.call("close", List.of());
        letterFromClerk(1);
        letterFromBoss(2);
        node.call("open", List.of());
        assertEquals(
                List.of(new Desk.Letter(1), new Desk.Letter(2)),
                node.snapshot().own().deferred().stream()
                        .map(Event.Delivery::message)
                        .toList());
        assertEquals(
                List.of(new Desk.Letter(2)),
                resolver.asked().get(0).snapshot().get().own().deferred().stream()
                        .map(Event.Delivery::message)
                        .toList());
    }

    @Test
    void aHandlerThatThrowsHasNoEffectsAndEndsTheNode() {
        node.call("spill", List.of(LEFT));
        assertTrue(node.hasFailed());
        assertEquals("FS107", ((ProtocolException) host.failures().get(0)).code());
        assertEquals(List.of(), host.takeMessages());
        assertEquals(List.of(), host.notes());
        letterFromClerk(1);
        node.call("open", List.of());
        node.connectionError(CLERK);
        host.advanceMillis(1_000);
        assertEquals(List.of(), decisions);
        assertEquals(List.of(), node.state().lost());
        assertEquals(1, host.failures().size());
    }

    @Test
    void anIsolatedFailureUndoesTheStepAndGoesOn() {
        node = desk(NodeSettings.DEFAULT.withIsolateFailures(true));
        node.call("spill", List.of(LEFT));
        assertFalse(node.hasFailed());
        assertEquals(1, host.failures().size());
        assertEquals(List.of(), node.state().filed(), "the state is as before");
        assertEquals(List.of(), host.takeMessages());
        host.advanceMillis(20);
        assertEquals(List.of(), node.state().filed(), "the timer was not set");
        resolver.prepare(0);
        letterFromClerk(1);
        assertEquals(List.of(1L), node.state().filed());
    }

    /** What waited behind a parked event must not be answered by a node that is no more. */
    @Test
    void aNodeThatFailsWhileOthersWaitFallsSilent() {
        letterFromClerk(1);
        node.receive(CLERK, new Envelope.CheckpointRequest(5));
        node.call("spill", List.of(LEFT));
        host.takeSent();
        host.advanceMillis(1_000);
        resolver.asked().get(0).resume().run();
        assertEquals(List.of(), host.takeMessages());
        assertEquals(List.of(), node.state().lost());
    }

    @Test
    void anUnknownCallOrMessageIsTheCallersMistake() {
        assertEquals(
                "FS106",
                assertThrows(ProtocolException.class, () -> node.call("shout", List.of()))
                        .code());
        assertEquals(
                "FS106",
                assertThrows(ProtocolException.class, () -> node.call("addTray", List.of("left")))
                        .code());
    }

    @Test
    void aTimerComesAndGoesWithTheStepsThatSetIt() {
        node.call("wind", List.of(30L));
        assertEquals(Set.of("tick"), node.snapshot().own().timers().keySet());
        host.advanceMillis(30);
        assertEquals(List.of(-1L), node.state().filed());
        assertEquals(Set.of(), node.snapshot().own().timers().keySet());
    }

    @Test
    void aForcedCheckpointShowsTheNodeBeforeTheMessage() {
        node.receive(CLERK, new Envelope.Payload(1, 3, new Desk.Filed(9)));
        node.receive(BOSS, new Envelope.CheckpointRequest(3));
        Envelope last = host.takeSent().stream()
                .filter(one -> one.to().equals(BOSS))
                .map(RecordingHost.Sent::envelope)
                .findFirst()
                .orElseThrow();
        Checkpoint<?> answered = ((Envelope.CheckpointAnswer) last).checkpoint();
        assertEquals(List.of(), ((Desk) answered.state()).kept());
        assertEquals(List.of(9L), node.state().kept());
    }

    @Test
    void aDecisionSaysWhatItWasAbout() {
        resolver.prepare(1);
        letterFromClerk(1);
        Decision decision = decisions.get(0);
        assertEquals("desk.file.tray", decision.choice());
        assertEquals(List.of("file[n4]", "file[n5]"), decision.alternatives());
        assertEquals(1, decision.chosen());
        assertEquals(1, decision.number());
        assertEquals(0, decision.elapsedNanos());
    }

    @Test
    void followsTheTraysThatItHas() {
        node.call("open", List.of());
        List<NodeId> subscribed = host.takeSent().stream()
                .filter(one -> one.envelope() instanceof Envelope.Subscribe)
                .map(RecordingHost.Sent::to)
                .toList();
        assertEquals(List.of(LEFT, RIGHT), subscribed);
        host.advanceMillis(0);
        assertEquals(
                2,
                host.takeSent().stream()
                        .filter(one -> one.envelope() instanceof Envelope.CheckpointRequest)
                        .count());
    }
}
