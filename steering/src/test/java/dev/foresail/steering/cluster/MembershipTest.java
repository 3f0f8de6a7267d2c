package dev.foresail.steering.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Members of one JVM, over loopback: they know nothing of each other but by their sockets. */
final class MembershipTest {
    private static final MemberAddress ANYWHERE = new MemberAddress("127.0.0.1", 0);
    private static final MembershipSettings QUICK =
            new MembershipSettings(Duration.ofSeconds(5), Duration.ofSeconds(3));

    /** Puts down what it is told. */
    private static final class Notes implements MembershipListener {
        final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

        @Override
        public void received(MemberAddress from, byte[] message) {
            received.add(message);
        }

        @Override
        public void lost(MemberAddress member, String why) {
            lost.add(member + " " + why);
        }

        byte[] next() throws InterruptedException {
            return received.poll(10, TimeUnit.SECONDS);
        }
    }

    private static WaitingMember member(EchoService service) {
        return WaitingMember.start(ANYWHERE, "1", List.of(service), QUICK, line -> {});
    }

    private static Coordinator coordinator(String version, MembershipListener listener) {
        return Coordinator.start(ANYWHERE, version, QUICK, listener);
    }

    private static String invite(Coordinator coordinator, MemberAddress member, String offer)
            throws InterruptedException, ExecutionException {
        byte[] answer = coordinator
                .invite(member, "echo", offer.getBytes(StandardCharsets.UTF_8))
                .get();
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static String refusal(CompletableFuture<byte[]> invited, MemberAddress member) {
        ExecutionException failure = assertThrows(ExecutionException.class, invited::get);
        return ((RefusedException) failure.getCause()).told(member);
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void messagesGoToAndFroInOrderAndWholeUntilTheMemberEnds() throws Exception {
        Notes notes = new Notes();
        try (Coordinator coordinator = coordinator("1", notes)) {
            MemberAddress address;
            try (WaitingMember member = member(new EchoService())) {
                address = member.address();
                talk(coordinator, address, notes);
            }
            assertEquals(address + " it has ended", notes.lost.poll(10, TimeUnit.SECONDS));
            assertEquals(List.of(), coordinator.others());
        }
    }

    private static void talk(Coordinator coordinator, MemberAddress member, Notes notes) throws Exception {
        assertEquals("yes, please", invite(coordinator, member, "please"));
        assertEquals(List.of(member), coordinator.others());
        for (int number = 0; number < 5_000; number++) {
            coordinator.send(member, bytes(number));
        }
        for (int number = 0; number < 5_000; number++) {
            assertArrayEquals(bytes(number), notes.next());
        }
        byte[] large = new byte[1_500_000];
        large[1_234_567] = 1;
        coordinator.send(member, large);
        assertArrayEquals(large, notes.next());
    }

    @Test
    void aMemberWorksForOneAtATimeAndWaitsAgainWhenThatHasEnded() throws Exception {
        EchoService service = new EchoService();
        Notes notes = new Notes();
        try (WaitingMember member = member(service)) {
            MemberAddress first;
            try (Coordinator coordinator = coordinator("1", new Notes());
                    Coordinator other = coordinator("1", new Notes())) {
                first = coordinator.self();
                invite(coordinator, member.address(), "please");
                assertEquals(
                        "[FS441] " + member.address() + ": it works for " + first,
                        refusal(other.invite(member.address(), "echo", new byte[0]), member.address()));
            }
            assertTrue(service.closed.await(10, TimeUnit.SECONDS));
            try (Coordinator second = coordinator("1", notes)) {
                invite(second, member.address(), "again");
                second.send(member.address(), bytes(1));
                assertArrayEquals(bytes(1), notes.next());
            }
        }
    }

    @Test
    void whoeverCannotTakePartSaysWhy() throws Exception {
        try (WaitingMember member = member(new EchoService());
                Coordinator coordinator = coordinator("1", new Notes());
                Coordinator other = coordinator("1", new Notes());
                Coordinator newer = coordinator("2", new Notes());
                ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MemberAddress at = member.address();
            assertEquals(
                    "[FS438] " + at + ": it runs Foresail 1, the coordinator Foresail 2",
                    refusal(newer.invite(at, "echo", new byte[0]), at));
            assertEquals(
                    "[FS439] " + at + ": it knows nothing of dancing",
                    refusal(coordinator.invite(at, "dancing", new byte[0]), at));
            assertEquals(
                    "[FS439] " + at + ": it has no voice",
                    refusal(other.invite(at, "echo", "no".getBytes(StandardCharsets.UTF_8)), at));
            MemberAddress nobody = new MemberAddress("127.0.0.1", freePort());
            MemberAddress stranger = new MemberAddress("127.0.0.1", mute.getLocalPort());
            CompletableFuture<byte[]> unanswered = coordinator.invite(stranger, "echo", new byte[0]);
            String unreachable = refusal(coordinator.invite(nobody, "echo", new byte[0]), nobody);
            assertTrue(
                    unreachable.startsWith("[FS437] " + nobody + ": it cannot be reached: Connection refused"),
                    unreachable);
            String silent = refusal(unanswered, stranger);
            assertTrue(
                    silent.startsWith("[FS437] " + stranger + ": somebody listens there, but does not answer"), silent);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void addressesAreLookedAt() {
        assertEquals(
                List.of(new MemberAddress("127.0.0.1", 9301), new MemberAddress("127.0.0.1", 9302)),
                MemberAddress.parseAll("--cluster", "localhost:9301, 127.0.0.1:9302"));
        for (String wrong : List.of("9301", "localhost", "localhost:66000", "a b:1", "", "127.0.0.1:0")) {
            assertSays("FS436", wrong);
        }
        assertSays("is named twice", "localhost:9301,127.0.0.1:9301");
        assertSays("FS437", "no-such-host.invalid:9301");
    }

    private static void assertSays(String expected, String addresses) {
        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> MemberAddress.parseAll("--cluster", addresses));
        assertTrue(String.valueOf(wrong.getMessage()).contains(expected), wrong::getMessage);
    }

    @Test
    void whereSomebodyListensNobodyElseCan() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MemberAddress address = new MemberAddress("127.0.0.1", taken.getLocalPort());
            ConfigurationException wrong = assertThrows(
                    ConfigurationException.class,
                    () -> WaitingMember.start(address, "1", List.of(), QUICK, line -> {}));
            assertTrue(
                    String.valueOf(wrong.getMessage()).startsWith("[FS436] cannot listen at " + address),
                    wrong::getMessage);
        }
    }
}
