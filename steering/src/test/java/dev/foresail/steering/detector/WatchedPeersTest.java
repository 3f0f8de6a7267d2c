package dev.foresail.steering.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.network.random.RandomStream;
import dev.foresail.steering.live.Logged;
import dev.foresail.steering.wire.WireException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** Two nodes whose heartbeats a test carries from one to the other, each second one. */
class WatchedPeersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Side one = new Side(ONE, 10);
    private final Side two = new Side(TWO, 20);
    private long now;

    /** A node and what its detector has found and sent. */
    private static final class Side implements SuspicionListener {
        private final HeartbeatKeys keys = HeartbeatKeys.draw();
        private final NodeId self;
        private final long incarnation;
        private final WatchedPeers peers;
        private final List<String> told = new ArrayList<>();
        private final List<byte[]> sent = new ArrayList<>();

        Side(NodeId self, long incarnation) {
            this.self = self;
            this.incarnation = incarnation;
            this.peers = new WatchedPeers(
                    new WatchedPeers.Local(4711, self, incarnation, keys), PhiAccrualSettings.DEFAULT, this);
        }

        Introduction introductionTo(NodeId peer) {
            return new Introduction(
                    self, incarnation, keys.of(peer), new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000));
        }

        @Override
        public void suspected(NodeId peer) {
            told.add("suspects " + peer);
        }

        @Override
        public void changed(SortedSet<NodeId> suspected) {
            told.add(suspected.toString());
        }

        List<byte[]> tick(long now) {
            sent.clear();
            peers.tick(now, (peer, to, heartbeat) -> sent.add(heartbeat));
            return List.copyOf(sent);
        }
    }

    private void introduce() {
        one.peers.introduced(two.introductionTo(ONE), now);
        two.peers.introduced(one.introductionTo(TWO), now);
    }

    /** Seconds in which everything arrives. */
    private void together(int seconds) {
        for (int second = 0; second < seconds; second++) {
            one.tick(now).forEach(datagram -> two.peers.received(datagram, now));
            two.tick(now).forEach(datagram -> one.peers.received(datagram, now));
            now += SECOND;
        }
    }

    /** Seconds in which two is not heard. */
    private void withoutTwo(int seconds) {
        for (int second = 0; second < seconds; second++) {
            one.tick(now);
            now += SECOND;
        }
    }

    @Test
    void silenceIsSuspectedOnceAndForgivenWithTheNextHeartbeat() {
        introduce();
        together(30);
        withoutTwo(4);
        assertEquals(List.of(), one.told);
        try (Logged logged = new Logged()) {
            withoutTwo(10);
            assertTrue(logged.has("[FS342] n1 suspects n2"), logged::toString);
        }
        assertEquals(List.of("[n2]", "suspects n2"), one.told);
        together(1);
        assertEquals(List.of("[n2]", "suspects n2", "[]"), one.told);
        withoutTwo(14);
        assertEquals(List.of("[n2]", "suspects n2", "[]", "[n2]", "suspects n2"), one.told);
    }

    @Test
    void aPeerIsToldAtOnceThatThisNodeIsThere() {
        one.peers.introduced(two.introductionTo(ONE), now);
        assertEquals(1, one.tick(now).size());
        now += SECOND / 2;
        assertEquals(0, one.tick(now).size());
        now += SECOND / 2;
        assertEquals(1, one.tick(now).size());
    }

    @Test
    void whoWasNeverHeardIsNotSuspected() {
        introduce();
        one.peers.interested(Set.of(TWO));
        try (Logged logged = new Logged()) {
            withoutTwo(1_000);
            assertEquals(1, logged.count("[FS341] n1 has never heard a heartbeat of n2"));
        }
        assertEquals(List.of(), one.told);
    }

    @Test
    void aPeerWithoutADetectorIsNotWatched() {
        one.peers.introduced(
                new Introduction(
                        TWO,
                        20,
                        HeartbeatKeys.none().of(ONE),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 7000)),
                now);
        assertEquals(0, one.peers.size());
        assertEquals(0, one.tick(now).size());
    }

    @Test
    void aLaterStartIsANewPeer() {
        introduce();
        together(10);
        withoutTwo(20);
        Side again = new Side(TWO, 21);
        one.peers.introduced(again.introductionTo(ONE), now);
        assertEquals(List.of("[n2]", "suspects n2", "[]"), one.told);
        two.tick(now).forEach(datagram -> one.peers.received(datagram, now));
        assertTrue(one.peers.ignored() > 0, "the earlier start is not heard any more");
    }

    @Test
    void peersAreForgottenAMinuteAfterNobodyIsInterested() {
        introduce();
        one.peers.interested(Set.of(TWO));
        together(200);
        assertEquals(1, one.peers.size());
        assertEquals(1, two.peers.size(), "one wants to hear of it");
        one.peers.interested(Set.of());
        together(59);
        assertEquals(1, two.peers.size());
        together(5);
        assertEquals(0, one.peers.size() + two.peers.size());
        assertEquals(List.of(), one.told);
    }

    @Test
    void whoIsSuspectedAndOfNoInterestIsForgottenToo() {
        introduce();
        together(10);
        withoutTwo(100);
        assertEquals(List.of("[n2]", "suspects n2", "[]"), one.told);
    }

    @Test
    void onlyItsOwnHeartbeatsEachOnceKeepAPeerFromSuspicion() {
        introduce();
        together(10);
        byte[] last = two.tick(now).get(0);
        one.peers.received(last, now);
        Side stranger = new Side(TWO, 20);
        stranger.peers.introduced(one.introductionTo(TWO), now);
        Side third = new Side(NodeId.of(3), 1);
        third.peers.introduced(two.introductionTo(NodeId.of(3)), now);
        two.peers.introduced(third.introductionTo(TWO), now);
        for (int second = 0; second < 20; second++) {
            one.tick(now);
            one.peers.received(last, now);
            stranger.tick(now).forEach(datagram -> one.peers.received(datagram, now));
            // Meant for another.
            two.tick(now).forEach(datagram -> third.peers.received(datagram, now));
            third.tick(now).forEach(datagram -> one.peers.received(datagram, now));
            one.peers.received(new byte[5], now);
            now += SECOND;
        }
        assertEquals(List.of("[n2]", "suspects n2"), one.told);
        assertTrue(one.peers.ignored() >= 60);
    }

    @Test
    void keysAreEachPeersOwn() {
        assertNotEquals(one.keys.of(TWO), one.keys.of(ONE));
        assertEquals(one.keys.of(TWO), one.keys.of(TWO));
        assertNotEquals(one.keys.of(TWO), two.keys.of(TWO));
        assertFalse(one.keys
                .of(TWO)
                .toString()
                .contains(Long.toString(one.keys.of(TWO).high())));
    }

    @Test
    void aHeartbeatIsReadAsItWasWritten() throws WireException {
        Heartbeat heartbeat = new Heartbeat(-5, ONE, TWO, 0, 1, false);
        byte[] datagram = heartbeat.encode(new HeartbeatKey(3, 4));
        assertEquals(heartbeat, Heartbeat.decode(datagram));
        assertTrue(Heartbeat.isAuthentic(datagram, new HeartbeatKey(3, 4)));
        assertFalse(Heartbeat.isAuthentic(datagram, new HeartbeatKey(3, 5)));
        assertArrayEquals(datagram, heartbeat.encode(new HeartbeatKey(3, 4)));
    }

    @Test
    void whateverIsChangedIsNoAuthenticHeartbeat() {
        byte[] right = new Heartbeat(4711, ONE, TWO, 10, 7, true).encode(one.keys.of(TWO));
        RandomStream random = RandomStream.of(5, "heartbeats");
        two.peers.introduced(one.introductionTo(TWO), now);
        for (int run = 0; run < 20_000; run++) {
            byte[] wrong = Arrays.copyOf(right, run % 10 == 0 ? random.nextInt(100) : right.length);
            if (wrong.length > 0) {
                int at = random.nextInt(wrong.length);
                wrong[at] = (byte) (wrong[at] ^ 1 << random.nextInt(8));
            }
            two.peers.received(wrong, now);
        }
        assertEquals(20_000, two.peers.ignored());
        two.peers.received(right, now);
        assertEquals(20_000, two.peers.ignored());
        assertThrows(WireException.class, () -> Heartbeat.decode(new byte[0]));
    }
}
