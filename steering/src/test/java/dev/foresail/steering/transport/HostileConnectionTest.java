package dev.foresail.steering.transport;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.fixture.Gates;
import dev.foresail.steering.fixture.GatesMachine;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Tally;
import dev.foresail.steering.fixture.TallyMachine;
import dev.foresail.steering.live.Logged;
import dev.foresail.steering.wire.LinkMemory;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does with connections that are not what they should be: it closes them, says why, and goes on. */
final class HostileConnectionTest {
    private final Nodes nodes = new Nodes();
    private final TallyMachine machine = new TallyMachine();
    private final WireCodec<Tally> codec = new WireCodec<>(machine, machine.create(List.of(10L)), () -> 0, 1 << 20);

    @BeforeEach
    void startOne() {
        nodes.with(settings(Duration.ofSeconds(10))).start(1);
    }

    private static TransportSettings settings(Duration helloTimeout) {
        return new TransportSettings(4096, 1 << 16, Duration.ofSeconds(5), helloTimeout, 8);
    }

    @AfterEach
    void killAll() {
        nodes.close();
    }

    /** A connection that a test speaks over byte by byte. */
    private final class Stranger implements AutoCloseable {
        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;

        Stranger() throws IOException {
            this(InetAddress.getLoopbackAddress());
        }

        /** @param from the address that the node sees it connect from */
        Stranger(InetAddress from) throws IOException {
            this(from, 1);
        }

        Stranger(InetAddress from, long to) throws IOException {
            socket =
                    new Socket(nodes.address(to).getAddress(), nodes.address(to).getPort(), from, 0);
            socket.setSoTimeout(30_000);
            out = new DataOutputStream(socket.getOutputStream());
            in = new DataInputStream(socket.getInputStream());
        }

        Stranger frame(byte[] frame) throws IOException {
            out.writeInt(frame.length);
            out.write(frame);
            out.flush();
            return this;
        }

        Stranger hello(String protocol, long schema, long id, long incarnation, long connection) throws IOException {
            return frame(
                    new Hello(new Identity(protocol, schema, NodeId.of(id), incarnation), HeartbeatKey.NONE, connection)
                            .encode());
        }

        Stranger greeted(long id, long incarnation, long connection) throws IOException {
            hello("tally", 4711, id, incarnation, connection);
            in.readNBytes(in.readInt());
            return this;
        }

        void awaitClose() throws IOException {
            try {
                while (in.read() >= 0) {
                    // An answer to the hello may still be on its way.
                }
            } catch (SocketException reset) {
                assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset::toString);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void assertClosedBecause(String reason, Attempt attempt) throws Exception {
        try (Logged logged = new Logged();
                Stranger stranger = new Stranger()) {
            attempt.with(stranger);
            stranger.awaitClose();
            Nodes.await("the log says " + reason, () -> logged.has("[FS213]") && logged.has(reason));
        }
        nodes.node(1).call("meet", id(5)).join();
    }

    private interface Attempt {
        void with(Stranger stranger) throws IOException, WireException;
    }

    @Test
    void aHelloThatDoesNotFitIsRefused() throws Exception {
        assertClosedBecause("speaks the protocol 'tall'", stranger -> stranger.hello("tall", 4711, 2, 1, 1));
        assertClosedBecause(
                "'t?[FS151] n1 cannot go on'", stranger -> stranger.hello("t\n[FS151] n1 cannot go on", 4711, 2, 1, 1));
        assertClosedBecause("has the schema", stranger -> stranger.hello("tally", 4712, 2, 1, 1));
        assertClosedBecause("claims the id of this node", stranger -> stranger.hello("tally", 4711, 1, 1, 1));
        assertClosedBecause("no peer of this node", stranger -> stranger.hello("tally", 4711, 500, 1, 1));
        assertClosedBecause("no hello", stranger -> stranger.frame(new byte[] {1, 2, 3}));
        assertClosedBecause("no hello", stranger -> stranger.frame(new byte[0]));
        assertClosedBecause("exceeds 516: 1004", stranger -> stranger.frame(new byte[1000]));
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        nodes.with(settings(Duration.ofMillis(300))).start(3);
        try (Logged logged = new Logged();
                Stranger silent = new Stranger(InetAddress.getLoopbackAddress(), 3)) {
            silent.awaitClose();
            Nodes.await("the log says so", () -> logged.has("[FS213]") && logged.has("said nothing"));
        }
    }

    @Test
    void aFrameThatCannotBeIsRefused() throws Exception {
        assertClosedBecause("exceeds 4100: 4101", stranger -> {
            stranger.greeted(2, 1, 1);
            stranger.out.writeInt(4097);
        });
        assertClosedBecause("exceeds 4100: 4294967299", stranger -> {
            stranger.greeted(2, 2, 1);
            stranger.out.writeInt(-1);
        });
        assertClosedBecause(
                "cannot be decoded", stranger -> stranger.greeted(2, 3, 1).frame(new byte[] {99, 7}));
        assertClosedBecause("no envelope", stranger -> stranger.greeted(2, 4, 1).frame(new byte[] {3, 7}));
        byte[] cut = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(5, 0)));
        assertClosedBecause(
                "cannot be decoded",
                stranger -> stranger.greeted(2, 5, 1).frame(java.util.Arrays.copyOf(cut, cut.length - 1)));
        Nodes.await("five connection errors", () -> lost(2) == 5);
    }

    @Test
    void whatFollowsTheHelloAtOnceIsHeardWhetherLongOrShort() throws Exception {
        byte[] hello = new Hello(new Identity("tally", 4711, id(2), 1), HeartbeatKey.NONE, 1).encode();
        byte[] figure = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(7, 0)));
        try (Stranger stranger = new Stranger()) {
            stranger.out.write(inOne(hello, figure));
            nodes.awaitHistory(1, "n2:7");
        }
        byte[] later = new Hello(new Identity("tally", 4711, id(2), 2), HeartbeatKey.NONE, 1).encode();
        try (Logged logged = new Logged()) {
            assertClosedBecause("cannot be decoded", stranger -> stranger.out.write(inOne(later, longFrame())));
            assertFalse(logged.has("exceeds"), logged::toString);
        }
    }

    @Test
    void aFrameIsHeardInWhateverPiecesItComes() throws Exception {
        byte[] hello = new Hello(new Identity("tally", 4711, id(2), 1), HeartbeatKey.NONE, 1).encode();
        byte[] figure = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(7, 0)));
        try (Stranger stranger = new Stranger()) {
            for (byte piece : inOne(hello, figure)) {
                stranger.out.write(piece);
                stranger.out.flush();
            }
            nodes.awaitHistory(1, "n2:7");
        }
    }

    private static byte[] longFrame() {
        byte[] frame = new byte[3000];
        frame[0] = 99;
        return frame;
    }

    private static byte[] inOne(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(frame.length).array());
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    private long lost(long peer) {
        return nodes.state(1).history().stream()
                .filter(entry -> entry.equals("n" + peer + " lost"))
                .count();
    }

    @Test
    void anEarlierIncarnationIsRefusedAndALaterOneIsAConnectionErrorFirst() throws Exception {
        byte[] first = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(1, 0)));
        byte[] second = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(2, 0)));
        try (Stranger old = new Stranger()) {
            old.greeted(2, 10, 1).frame(first);
            nodes.awaitHistory(1, "n2:1");
            assertClosedBecause("earlier incarnation", stranger -> stranger.hello("tally", 4711, 2, 9, 1));
            assertClosedBecause("is its second", stranger -> stranger.hello("tally", 4711, 2, 10, 1));
            try (Stranger restarted = new Stranger()) {
                restarted.greeted(2, 11, 1).frame(second);
                nodes.awaitHistory(1, "n2:2");
                old.awaitClose();
            }
        }
        assertEquals(
                List.of("n2:1", "n2 lost", "n2:2"),
                nodes.state(1).history().stream()
                        .filter(entry -> entry.startsWith("n2"))
                        .limit(3)
                        .toList());
    }

    /** What it says over and over is counted, and in the log once. */
    @Test
    void aPeerThatLiesAboutItsCheckpointIsNamed() throws Exception {
        Checkpoint<Tally> ofAnother = new Checkpoint<>(
                id(9),
                1,
                machine.create(List.of(10L)),
                Collections.emptySortedMap(),
                List.of(),
                Collections.emptySortedMap(),
                0);
        try (Logged logged = new Logged();
                Stranger peer = new Stranger()) {
            peer.greeted(2, 1, 1);
            LinkMemory link = new LinkMemory();
            for (int lie = 0; lie < 2; lie++) {
                peer.frame(codec.encode(new Envelope.CheckpointAnswer(1, ofAnother), link));
            }
            Nodes.await("both lies", () -> nodes.node(1).statistics().doubtedCheckpoints() == 2);
            assertEquals(1, logged.count("[FS336] n1: ignored a checkpoint of n2 that cannot be: it is of n9"));
        }
    }

    /** Advice that is of no use is counted, and so is what is too much; each is in the log once. */
    @Test
    void aPeerThatSpreadsRumoursIsNamed() throws Exception {
        GatesMachine gates = new GatesMachine();
        nodes.with(SteeringMode.STEER).start(3, gates);
        WireCodec<Gates> rumours = new WireCodec<>(gates, gates.create(List.of()), () -> 0, 1 << 20);
        try (Logged logged = new Logged();
                Stranger peer = new Stranger(InetAddress.getLoopbackAddress(), 3)) {
            peer.hello("gates", gates.schema(), 2, 1, 1);
            peer.in.readNBytes(peer.in.readInt());
            for (int rumour = 0; rumour < 100; rumour++) {
                peer.frame(rumours.encode(new Envelope.Advice("a\nrumour")));
            }
            Nodes.await(
                    "all rumours",
                    () -> nodes.node(3).statistics().lookingAhead().adviceRefused() == 100);
            assertEquals(1, logged.count("[FS304] n3: n2 advises of no path that this node could go along: "));
            assertEquals(1, logged.count("[FS305] n3: n2 advises more often in a minute than a peer may"));
            assertFalse(logged.has("a\nrumour"), "lines of its own");
        }
    }

    private static InetAddress elsewhere() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
    }

    /** Else one hello would shut the true peer out for ever: all its hellos would be earlier ones. */
    @Test
    void aLaterHelloFromElsewhereDoesNotShutOutThePeer() throws Exception {
        nodes.start(2);
        try (Stranger impostor = new Stranger(elsewhere())) {
            impostor.greeted(2, Long.MAX_VALUE, Long.MAX_VALUE);
            nodes.node(2).call("send", id(1), 1L).join();
            nodes.awaitHistory(1, "n2:1");
            impostor.awaitClose();
        }
        try (Stranger second = new Stranger(elsewhere())) {
            second.hello("tally", 4711, 2, Long.MAX_VALUE, Long.MAX_VALUE).awaitClose();
        }
        nodes.node(2).call("send", id(1), 2L).join();
        nodes.awaitHistory(1, "n2:2");
        assertEquals(
                List.of("n2 lost", "n2:1", "n2:2"),
                nodes.state(1).history().stream()
                        .filter(entry -> entry.startsWith("n2"))
                        .limit(3)
                        .toList());
    }

    /** The peer's own address is where the node connects to, so who answers there is the peer. */
    @Test
    void whoAnswersAtThePeersAddressIsBelievedMoreThanWhoConnects() throws Exception {
        nodes.start(2);
        try (Stranger impostor = new Stranger(elsewhere())) {
            impostor.greeted(2, Long.MAX_VALUE, 1);
            nodes.node(1).call("send", id(2), 5L).join();
            impostor.awaitClose();
            nodes.awaitHistory(1, "n2 lost");
        }
        nodes.node(1).call("ask", id(2), 6L).join();
        nodes.awaitHistory(1, "n2:6");
    }

    @Test
    void aPeerFromAnotherAddressIsHeardWhileNothingSpeaksAgainstIt() throws Exception {
        nodes.named(2, nodes.address(1).getAddress());
        byte[] figure = codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(4, 0)));
        try (Stranger peer = new Stranger()) {
            peer.greeted(2, 1, 1).frame(figure);
            nodes.awaitHistory(1, "n2:4");
        }
        Nodes.await("n2 is lost", () -> lost(2) == 1);
        try (Stranger moved = new Stranger(elsewhere())) {
            moved.greeted(2, 2, 1).frame(codec.encode(new Envelope.Payload(1, 0, new Tally.Figure(5, 0))));
            nodes.awaitHistory(1, "n2:5");
        }
    }

    /** The kernel makes the connection, and nobody ever answers on it, so that nothing of the burst can leave. */
    @Test
    void aPeerThatTakesNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Logged logged = new Logged()) {
            nodes.named(2, silent.getInetAddress().getHostAddress(), silent.getLocalPort());
            nodes.node(1).call("burst", id(2), 20_000L).join();
            nodes.awaitHistory(1, "n2 lost");
            assertTrue(logged.has("[FS217]"), logged::toString);
        }
    }

    @Test
    void aCrowdThatIsSentAwayLeavesRoomForPeers() throws Exception {
        try (Logged logged = new Logged()) {
            List<Stranger> crowd = new ArrayList<>();
            for (int count = 0; count < 20; count++) {
                crowd.add(new Stranger());
            }
            Nodes.await("12 of 20 were too many", () -> logged.count("too many connections") == 12);
            for (Stranger stranger : crowd) {
                stranger.close();
            }
        }
        Nodes.await("a peer that comes after the crowd is answered", this::answersAPeer);
    }

    private boolean answersAPeer() {
        try (Stranger peer = new Stranger()) {
            return peer.hello("tally", 4711, 2, 1, 1).in.readInt() > 0;
        } catch (IOException sentAway) {
            return false;
        }
    }

    @Test
    void noiseIsRefusedAndTheNodeGoesOn() throws Exception {
        RandomStream random = RandomStream.of(5, "noise");
        try (Logged logged = new Logged()) {
            for (int round = 1; round <= 100; round++) {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                try (Stranger stranger = new Stranger()) {
                    if (round % 2 == 0) {
                        stranger.greeted(3, round, 1);
                    }
                    stranger.out.write(noise);
                    stranger.out.flush();
                } catch (SocketException closed) {
                    assertTrue(logged.has("[FS213]"), logged::toString);
                }
            }
        }
        nodes.start(2);
        nodes.node(2).call("ask", id(1), 8L).join();
        nodes.awaitHistory(2, "n1:8");
    }
}
