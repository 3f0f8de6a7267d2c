package dev.foresail.steering.cluster.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.simulate.WindowExchange;
import dev.foresail.predictor.simulate.WindowExchangeException;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.MembershipListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members that reach each other at once; what is played is a sum over all members, again and again. */
class PartitionedRunTest {
    private static final MemberAddress COORDINATOR = new MemberAddress("10.0.0.1", 1);
    private static final long ROUNDS = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<MemberAddress, MembershipListener> present = new ConcurrentSkipListMap<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final PartitionedRun run = new PartitionedRun(3, told::add);

    @AfterEach
    void letGo() {
        threads.shutdownNow();
    }

    private final class Station implements Membership {
        private final MemberAddress self;

        Station(MemberAddress self) {
            this.self = self;
        }

        @Override
        public MemberAddress self() {
            return self;
        }

        @Override
        public List<MemberAddress> others() {
            return present.keySet().stream()
                    .filter(member -> !member.equals(self))
                    .toList();
        }

        @Override
        public void send(MemberAddress to, byte[] message) {
            MembershipListener there = present.get(to);
            if (there != null && present.containsKey(self)) {
                there.received(self, message);
            }
        }
    }

    private static MemberAddress member(int number) {
        return new MemberAddress("10.0.0.1", 1 + number);
    }

    private void join(int number, PartitionPlayer player) {
        PartitionWork work = new PartitionWork(player);
        work.begin(new Station(member(number)), COORDINATOR);
        present.put(member(number), work);
    }

    private void kill(int number) {
        present.remove(member(number));
        present.values().forEach(left -> left.lost(member(number), "it was killed"));
    }

    /** Everybody adds up what all have said, and says it next. */
    private static long sum(WindowExchange exchange, Runnable middle) {
        long sum = exchange.self() + 1L;
        for (long round = 0; round < ROUNDS; round++) {
            if (round == ROUNDS / 2) {
                middle.run();
            }
            byte[] own = Long.toString(sum).getBytes(StandardCharsets.UTF_8);
            List<byte[]> toEach = new ArrayList<>();
            for (int member = 0; member < exchange.members(); member++) {
                toEach.add(member == exchange.self() ? new byte[0] : own);
            }
            List<byte[]> received = exchange.exchange(toEach);
            for (int member = 0; member < received.size(); member++) {
                if (member != exchange.self()) {
                    sum += Long.parseLong(new String(received.get(member), StandardCharsets.UTF_8));
                }
            }
            sum %= 1_000_003;
        }
        return sum;
    }

    private PartitionedRun.Played<Long> played() throws Exception {
        present.put(COORDINATOR, run);
        Future<PartitionedRun.Played<Long>> future =
                threads.submit(() -> run.play(new Station(COORDINATOR), exchange -> sum(exchange, () -> {})));
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void allPlayAndTheCoordinatorHasTheResult() throws Exception {
        for (int number = 1; number <= 3; number++) {
            join(number, (exchange, seed) -> {
                assertEquals(3, seed);
                sum(exchange, () -> {});
            });
        }
        PartitionedRun.Played<Long> played = played();
        assertEquals(4, played.members());
        assertEquals(ROUNDS, played.exchanges());
        assertTrue(played.sentBytes() >= 3 * ROUNDS);
        assertEquals(List.of(), told);
        assertEquals(played.result(), played().result(), "again, with the same members");
    }

    @Test
    void whoIsLostInTheMiddleIsPlayedWithoutAndTheResultIsThatOfThoseWhoAreLeft() throws Exception {
        join(1, (exchange, seed) -> sum(exchange, () -> {}));
        Optional<Long> ofTwo = played().result();
        join(2, (exchange, seed) -> sum(exchange, () -> kill(2)));
        PartitionedRun.Played<Long> played = played();
        assertEquals(2, played.members());
        assertEquals(ofTwo, played.result());
        assertEquals(List.of("[FS442] 10.0.0.1:3: it was killed; the run is played again by 2 members"), told);
        kill(1);
        assertEquals(Optional.empty(), played().result());
    }

    @Test
    void whoGivesUpIsLeftOutAndAloneTheCoordinatorHasNobody() throws Exception {
        join(
                1,
                (exchange, seed) -> sum(exchange, () -> {
                    throw new IllegalStateException("no memory");
                }));
        assertEquals(Optional.empty(), played().result());
        assertEquals(
                List.of("[FS442] 10.0.0.1:2: it has ended its part in the run; the run is played again by this process"
                        + " alone"),
                told);
    }

    @Test
    void whatNobodyUnderstandsEndsTheAttempt() throws Exception {
        join(
                1,
                (exchange, seed) ->
                        sum(exchange, () -> present.get(COORDINATOR).received(member(1), new byte[] {99, 1})));
        assertEquals(Optional.empty(), played().result());
        assertTrue(told.get(0).contains("it sends what nobody understands"), told::toString);
        for (int length = 0; length < 9; length++) {
            byte[] cut = Arrays.copyOf(PartitionMessage.play(1, 2, List.of(COORDINATOR)), length);
            assertThrows(IllegalArgumentException.class, () -> PartitionMessage.read(cut));
        }
    }

    @Test
    void longLettersGoInPiecesAndWhoIsStrangeIsNotHeard() throws Exception {
        List<MemberAddress> two = List.of(COORDINATOR, member(1));
        MemberExchange one = new MemberExchange(new Station(COORDINATOR), two, 1, 10);
        MemberExchange other = new MemberExchange(new Station(member(1)), two, 1, 10);
        present.put(COORDINATOR, listener(one));
        present.put(member(1), listener(other));
        byte[] letter = new byte[95];
        letter[94] = 7;
        one.received(member(5), false, new byte[] {1});
        Future<List<byte[]>> there = threads.submit(() -> other.exchange(List.of(letter.clone(), new byte[0])));
        assertArrayEquals(
                letter, one.exchange(List.of(new byte[0], letter.clone())).get(1));
        assertArrayEquals(letter, there.get(60, TimeUnit.SECONDS).get(0));
        assertEquals(95, one.sentBytes());
        Future<List<byte[]>> waiting = threads.submit(() -> other.exchange(List.of(letter.clone(), new byte[0])));
        one.close();
        ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(60, TimeUnit.SECONDS));
        assertEquals("FS442", ((WindowExchangeException) failed.getCause()).code());
        assertThrows(WindowExchangeException.class, () -> one.exchange(List.of(new byte[0], letter)));
    }

    @Test
    void whatWasWrittenBeforeAMemberClosedIsReadStill() {
        MemberExchange one = new MemberExchange(new Station(COORDINATOR), List.of(COORDINATOR, member(1)), 1);
        one.received(member(1), false, new byte[] {5});
        one.closedBy(member(1));
        List<byte[]> toEach = List.of(new byte[0], new byte[] {6});
        assertArrayEquals(new byte[] {5}, one.exchange(toEach).get(1));
        WindowExchangeException over = assertThrows(WindowExchangeException.class, () -> one.exchange(toEach));
        assertEquals("[FS442] 10.0.0.1:2: it has ended its part in the run", over.getMessage());
        assertEquals(Optional.of(member(1)), one.endedBy());
    }

    private static MembershipListener listener(MemberExchange exchange) {
        Attempts attempts = new Attempts();
        attempts.begin(exchange);
        return new MembershipListener() {
            @Override
            public void received(MemberAddress from, byte[] message) {
                attempts.received(from, PartitionMessage.read(message));
            }

            @Override
            public void lost(MemberAddress member, String why) {
                attempts.lost(member, why);
            }
        };
    }
}
