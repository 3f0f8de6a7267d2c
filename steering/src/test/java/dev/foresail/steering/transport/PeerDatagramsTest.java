package dev.foresail.steering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.detector.HeartbeatKeys;
import dev.foresail.steering.detector.Introduction;
import dev.foresail.steering.fixture.Triage;
import dev.foresail.steering.fixture.TriageMachine;
import dev.foresail.steering.wire.WireCodec;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams between starts of nodes whose network and loops run when the test says so. */
final class PeerDatagramsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId STRANGER = NodeId.of(1_000);

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void timeStands() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /** One start of a node. */
    private final class Start implements TransportListener {
        final NodeId self;
        final long incarnation;
        final HeartbeatKeys keys = HeartbeatKeys.draw();
        final List<Object> received = new ArrayList<>();
        final List<byte[]> sent = new ArrayList<>();
        final List<NodeId> introducing = new ArrayList<>();
        int ignored;
        int dropped;
        final PeerDatagrams datagrams;

        Start(NodeId self, long incarnation) {
            this.self = self;
            this.incarnation = incarnation;
            this.datagrams = new PeerDatagrams(new PeerDatagrams.Parts(
                    channel.eventLoop(),
                    new Identity("triage", 4711, self, incarnation),
                    keys,
                    new WireCodec<>(new TriageMachine(), new Triage(), () -> 0, 1 << 20),
                    new FirstHundred(),
                    LinkConditions.NONE,
                    this,
                    (to, datagram) -> sent.add(datagram),
                    introducing::add,
                    () -> ignored++,
                    () -> dropped++,
                    message -> true));
        }

        void hears(Start peer) {
            datagrams.introduced(new Introduction(
                    peer.self, peer.incarnation, peer.keys.of(self), InetSocketAddress.createUnresolved("peer", 1)));
        }

        void send(NodeId to, int number) {
            datagrams.send(to, Envelope.Payload.datagram(0, new Triage.Routine(number), Optional.empty()));
        }

        /** Takes everything that the peer has sent so far. */
        void takes(Start peer) {
            peer.sent.forEach(datagrams::offer);
            channel.runPendingTasks();
        }

        @Override
        public void received(NodeId from, Envelope envelope, int frameBytes) {
            received.add(((Envelope.Payload) envelope).message());
        }

        @Override
        public void connectionError(NodeId peer) {
            throw new IllegalStateException("datagrams have no connection");
        }
    }

    private static final class FirstHundred implements AddressBook {
        @Override
        public boolean knows(NodeId node) {
            return node.value() <= 100;
        }

        @Override
        public Optional<InetSocketAddress> addressOf(NodeId node) {
            return Optional.empty();
        }
    }

    private static void meet(Start one, Start other) {
        one.hears(other);
        other.hears(one);
    }

    @Test
    void eachIsTakenOnce() {
        Start one = new Start(ONE, 1);
        Start two = new Start(TWO, 1);
        meet(one, two);
        one.send(TWO, 1);
        two.takes(one);
        two.takes(one);
        assertEquals(List.of(new Triage.Routine(1)), two.received);
        assertEquals(1, two.ignored);
    }

    /** The sender's link stands, as nothing goes over it. */
    @Test
    void whoHasBegunAnewWithoutAWordSaysHelloToWhoeverSendsToIt() {
        Start one = new Start(ONE, 1);
        Start before = new Start(TWO, 1);
        meet(one, before);
        Start after = new Start(TWO, 2);
        for (int number = 1; number <= 10; number++) {
            one.send(TWO, number);
        }
        after.takes(one);
        assertEquals(List.of(), after.received);
        assertEquals(List.of(ONE), after.introducing, "once within a second");
        channel.advanceTimeBy(IncomingDatagrams.MEETING_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        after.takes(one);
        assertEquals(List.of(ONE, ONE), after.introducing, "and again when that was in vain");
        one.sent.clear();
        meet(one, after);
        one.send(TWO, 11);
        after.takes(one);
        assertEquals(List.of(new Triage.Routine(11)), after.received);
    }

    @Test
    void inTheNamesOfOthersNobodyIsMadeToSayHelloToManyOrToStrangers() {
        Start two = new Start(TWO, 1);
        for (long name = 1; name <= 100; name++) {
            Start forger = new Start(NodeId.of(name), 1);
            forger.hears(two);
            forger.send(TWO, 1);
            two.takes(forger);
        }
        assertEquals(IncomingDatagrams.MOST_MEETINGS, two.introducing.size());
        Start stranger = new Start(STRANGER, 1);
        stranger.hears(two);
        stranger.send(TWO, 1);
        channel.advanceTimeBy(IncomingDatagrams.MEETING_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        two.takes(stranger);
        assertEquals(IncomingDatagrams.MOST_MEETINGS, two.introducing.size());
        assertTrue(!two.introducing.contains(TWO) && two.received.isEmpty());
    }

    @Test
    void whatWasForAnEarlierStartIsNotTakenByTheNext() {
        Start one = new Start(ONE, 1);
        Start before = new Start(TWO, 1);
        meet(one, before);
        one.send(TWO, 1);
        before.takes(one);
        assertEquals(1, before.received.size());
        Start after = new Start(TWO, 2);
        meet(one, after);
        after.takes(one);
        assertEquals(List.of(), after.received, "somebody has sent it again");
        one.send(TWO, 2);
        after.takes(one);
        assertEquals(List.of(new Triage.Routine(2)), after.received, "numbers go on, as the key is the same");
    }

    /** However much goes to others in between: the window is of what this peer has been sent. */
    @Test
    void aDatagramThatWasOvertakenByManyToOthersIsTaken() {
        Start one = new Start(ONE, 1);
        Start two = new Start(TWO, 1);
        Start three = new Start(NodeId.of(3), 1);
        meet(one, two);
        meet(one, three);
        one.send(TWO, 1);
        byte[] late = one.sent.remove(0);
        for (int number = 0; number < 2 * ReplayWindow.SIZE; number++) {
            one.send(three.self, number);
        }
        one.sent.clear();
        one.send(TWO, 2);
        two.takes(one);
        two.datagrams.offer(late);
        channel.runPendingTasks();
        assertEquals(List.of(new Triage.Routine(2), new Triage.Routine(1)), two.received);
    }

    @Test
    void whatNobodyHasSealedDoesNotWaitAndOfTheRestSoMuch() {
        Start one = new Start(ONE, 1);
        Start two = new Start(TWO, 1);
        meet(one, two);
        one.send(TWO, 1);
        byte[] forged = one.sent.get(0).clone();
        forged[forged.length - 1] ^= 1;
        for (int count = 0; count < 100; count++) {
            two.datagrams.offer(forged);
        }
        assertEquals(100, two.ignored, "before the event loop has run");
        int more = (int) (IncomingDatagrams.MOST_WAITING_BYTES / 512);
        for (int number = 0; number < more; number++) {
            one.send(TWO, number);
        }
        one.sent.forEach(two.datagrams::offer);
        assertTrue(two.dropped > 0 && two.received.isEmpty(), () -> two.dropped + " were dropped");
        channel.runPendingTasks();
        assertEquals(one.sent.size(), two.received.size() + two.dropped);
    }

    @Test
    void afterTheEndNothingIsSent() {
        Start one = new Start(ONE, 1);
        one.send(TWO, 1);
        assertEquals(List.of(TWO), one.introducing);
        one.datagrams.close();
        one.hears(new Start(TWO, 1));
        assertEquals(List.of(), one.sent);
    }
}
