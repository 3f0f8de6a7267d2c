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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members of one JVM, over loopback: they know nothing of each other but by their sockets. */
@Tag("alone")
final class MembershipTest {
    private static final MemberAddress ANYWHERE = new MemberAddress("127.0.0.1", 0);
    private static final MembershipSettings PATIENT =
            new MembershipSettings(Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final MembershipSettings IMPATIENT =
            new MembershipSettings(Duration.ofSeconds(5), Duration.ofMillis(400));

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
            return received.poll(60, TimeUnit.SECONDS);
        }
    }

    private static WaitingMember member(EchoService service) {
        return WaitingMember.start(ANYWHERE, "1", List.of(service), PATIENT, line -> {});
    }

    private static Coordinator coordinator(String version, MembershipListener listener) {
        return Coordinator.start(ANYWHERE, version, PATIENT, listener);
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
            assertEquals(address + " it has ended", notes.lost.poll(60, TimeUnit.SECONDS));
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
            assertTrue(service.closed.await(60, TimeUnit.SECONDS));
            try (Coordinator second = coordinator("1", notes)) {
                invite(second, member.address(), "again");
                second.send(member.address(), bytes(1));
                assertArrayEquals(bytes(1), notes.next());
            }
        }
    }

    @Test
    void whoAcceptsWhenNobodyWaitsForItAnyMoreIsSentAwayAndIsFreeForOthers() throws Exception {
        EchoService service = new EchoService();
        Notes notes = new Notes();
        try (WaitingMember member = member(service);
                Coordinator coordinator = Coordinator.start(ANYWHERE, "1", IMPATIENT, notes);
                Coordinator other = coordinator("1", new Notes())) {
            String late = refusal(
                    coordinator.invite(member.address(), "echo", "late".getBytes(StandardCharsets.UTF_8)),
                    member.address());
            assertTrue(late.contains("does not answer as a member of Foresail within"), late);
            service.goOn.countDown();
            assertTrue(service.closed.await(60, TimeUnit.SECONDS));
            assertEquals("yes, please", invite(other, member.address(), "please"));
            assertEquals(List.of(), coordinator.others());
            assertTrue(notes.received.isEmpty() && notes.lost.isEmpty(), "nobody has heard of it");
        }
    }

    @Test
    void aMemberThatCannotGoOnSaysSoAndWaitsAgainUnlessItCannotEndItsWork() throws Exception {
        Notes notes = new Notes();
        try (WaitingMember member = member(new EchoService())) {
            try (Coordinator coordinator = coordinator("1", notes)) {
                invite(coordinator, member.address(), "please");
                coordinator.send(member.address(), new byte[] {'!'});
                assertEquals(member.address() + " it has ended", notes.lost.poll(60, TimeUnit.SECONDS));
            }
            try (Coordinator coordinator = coordinator("1", notes)) {
                invite(coordinator, member.address(), "stuck");
            }
            ExecutionException failure =
                    assertThrows(ExecutionException.class, () -> member.ended().get(60, TimeUnit.SECONDS));
            assertEquals("java.lang.AssertionError: it does not end", failure.getMessage());
        }
    }

    @Test
    void whatAMemberSaysAndNobodyUnderstandsIsItsLoss() throws Exception {
        BlockingQueue<String> lost = new LinkedBlockingQueue<>();
        MembershipListener fragile = new MembershipListener() {
            @Override
            public void received(MemberAddress from, byte[] message) {
                throw new IllegalArgumentException("what is that");
            }

            @Override
            public void lost(MemberAddress member, String why) {
                lost.add(why);
            }
        };
        try (WaitingMember member = member(new EchoService());
                Coordinator coordinator = coordinator("1", fragile)) {
            invite(coordinator, member.address(), "please");
            coordinator.send(member.address(), bytes(1));
            assertEquals(
                    "what it has sent could not be handled: java.lang.IllegalArgumentException: what is that",
                    lost.poll(60, TimeUnit.SECONDS));
            assertEquals(List.of(), coordinator.others());
        }
    }

    @Test
    void whoeverCannotTakePartSaysWhy() throws Exception {
        try (WaitingMember member = member(new EchoService());
                Coordinator coordinator = coordinator("1", new Notes());
                Coordinator other = coordinator("1", new Notes());
                Coordinator newer = coordinator("2", new Notes());
                Coordinator impatient = Coordinator.start(ANYWHERE, "1", IMPATIENT, new Notes());
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
            CompletableFuture<byte[]> unanswered = impatient.invite(stranger, "echo", new byte[0]);
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
        MemberAddress far = new MemberAddress("192.0.2.7", 9301);
        List<MemberAddress> near = MemberAddress.parseAll("--cluster", "localhost:9301");
        assertEquals(new MemberAddress("127.0.0.1", 0), Coordinator.near(near));
        assertEquals(Optional.of(far), Coordinator.firstElsewhere(List.of(near.get(0), far)));
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
                    () -> WaitingMember.start(address, "1", List.of(), PATIENT, line -> {}));
            assertTrue(
                    String.valueOf(wrong.getMessage()).startsWith("[FS436] cannot listen at " + address),
                    wrong::getMessage);
        }
    }
}
