package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.fixture.RecordingHost.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A node that may send 1000 bytes in a second for gathering checkpoints. */
final class CheckpointBudgetTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final int BYTES_PER_SECOND = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RecordingHost host = new RecordingHost();
    private final List<String> ran = new ArrayList<>();
    private int heldBack;
    private final NodeObserver observer = new NodeObserver() {
        @Override
        public void heldBack() {
            heldBack++;
        }
    };
    private final CheckpointBudget budget = new CheckpointBudget(host, BYTES_PER_SECOND, observer);

    private static Envelope request() {
        return new Envelope.CheckpointRequest(7);
    }

    private Envelope sends(NodeId to) {
        Envelope envelope = request();
        budget.send(to, envelope);
        return envelope;
    }

    private List<String> takeRan() {
        List<String> taken = List.copyOf(ran);
        ran.clear();
        return taken;
    }

    private void wishes(String name) {
        budget.whenAffordable(() -> ran.add(name));
    }

    private void asks(NodeId peer, String name) {
        budget.whenAffordable(peer, PATIENCE, () -> ran.add(name));
    }

    @Test
    void asLongAsNothingIsOwedNobodyWaits() {
        wishes("a round");
        budget.sent(sends(TWO), 999);
        asks(TWO, "an answer");
        assertEquals(List.of("a round", "an answer"), takeRan());
        assertEquals(0, heldBack);
        assertEquals(0, host.scheduled());
    }

    @Test
    void whatWasSentTooMuchIsWaitedForInTheOrderOfComing() {
        budget.sent(sends(TWO), 1500);
        asks(THREE, "to n3");
        wishes("a round");
        asks(TWO, "to n2");
        assertEquals(3, heldBack);
        host.advanceMillis(499);
        assertEquals(List.of(), takeRan());
        host.advanceMillis(2);
        assertEquals(List.of("to n3", "a round", "to n2"), takeRan());
        assertEquals(0, host.scheduled());
    }

    @Test
    void oneLongFrameAtATimeLeaves() {
        for (NodeId peer : List.of(TWO, THREE)) {
            budget.sent(sends(peer), 500);
        }
        budget.whenAffordable(TWO, PATIENCE, () -> budget.sent(sends(TWO), 500));
        budget.whenAffordable(THREE, PATIENCE, () -> budget.sent(sends(THREE), 500));
        assertEquals(2, host.takeSent().size());
        host.advanceMillis(10);
        assertEquals(List.of(TWO), host.takeSent().stream().map(Sent::to).toList());
        host.advanceMillis(490);
        assertEquals(List.of(), host.takeSent());
        host.advanceMillis(10);
        assertEquals(List.of(THREE), host.takeSent().stream().map(Sent::to).toList());
    }

    /** The disk may hold frames back: until they leave they count as much as the last one of their kind. */
    @Test
    void whatIsUnderWayCountsBeforeItHasLeft() {
        budget.sent(sends(TWO), 400);
        Envelope first = sends(TWO);
        Envelope second = sends(THREE);
        wishes("a round");
        assertEquals(List.of(), takeRan(), "1200 bytes are spoken for");
        budget.sent(second, 250);
        budget.sent(first, 300);
        host.advanceMillis(1);
        assertEquals(List.of(), takeRan(), "the time was reckoned when it began to wait");
        host.advanceMillis(200);
        assertEquals(List.of("a round"), takeRan());
        budget.sent(sends(TWO), 240);
        wishes("a round");
        assertEquals(List.of("a round"), takeRan(), "950 and 240 bytes, and 201 that have come in");
    }

    @Test
    void ofAPeerOnlyTheLatestRequestWaits() {
        budget.sent(sends(TWO), 1500);
        asks(TWO, "its first");
        asks(THREE, "another's");
        asks(TWO, "its second");
        host.advanceMillis(501);
        assertEquals(List.of("its second", "another's"), takeRan(), "in the place of the first");
    }

    @Test
    void whoHasCeasedToWaitOrIsLostIsLeftOutButTheOwnRoundNever() {
        budget.sent(sends(TWO), 6000);
        asks(TWO, "to n2");
        wishes("a round");
        host.advanceMillis(4_000);
        asks(THREE, "to n3");
        asks(NodeId.of(4), "to n4");
        budget.lost(THREE);
        host.advanceMillis(1_001);
        assertEquals(List.of("a round", "to n4"), takeRan());
    }

    @Test
    void onlyWhatIsOfCheckpointsCounts() {
        budget.sent(new Envelope.StableFacts(SELF, new Desk()), 5_000);
        budget.sent(new Envelope.Payload(1, 0, "a letter"), 5_000);
        wishes("a round");
        assertEquals(List.of("a round"), takeRan());
    }

    private static Checkpoint<Desk> of(NodeId node, long number) {
        return new Checkpoint<>(node, number, new Desk(), new TreeMap<>(), List.of(), new TreeMap<>());
    }

    /** A frame that waits for the disk. */
    private record Leaving(long atMillis, Sent sent) {}

    private static int length(Envelope envelope) {
        return envelope instanceof Envelope.CheckpointAnswer ? 700 : 14;
    }

    /**
     * For a minute a node would gather the checkpoints of two neighbours whenever it may, and is asked for its own twenty
     * times a second by each.
     */
    @Test
    void aNodeWithLittleBudgetStaysUnderItAndGathersOnAndOn() {
        CheckpointKeeper<Desk> keeper = new CheckpointKeeper<>(
                host,
                NodeSettings.DEFAULT.withCheckpointBytesPerSecond(BYTES_PER_SECOND),
                observer,
                number -> of(SELF, number),
                answered -> {});
        List<Leaving> disk = new ArrayList<>();
        long[] bytesAt = new long[60_000];
        List<Long> roundsAt = new ArrayList<>();
        List<Long> answersAt = new ArrayList<>();
        long asked = 1_000_000;
        for (int now = 0; now < bytesAt.length; now++) {
            keeper.gatherSoon(() -> List.of(TWO, THREE));
            if (now % 50 == 0) {
                keeper.requested(TWO, ++asked);
                keeper.requested(THREE, asked);
            }
            host.advanceMillis(1);
            for (Sent sent : host.takeSent()) {
                disk.add(new Leaving(now + 20, sent));
            }
            for (Iterator<Leaving> next = disk.iterator(); next.hasNext(); ) {
                Leaving leaving = next.next();
                if (leaving.atMillis() <= now) {
                    next.remove();
                    Envelope envelope = leaving.sent().envelope();
                    keeper.sent(envelope, length(envelope));
                    bytesAt[now] += length(envelope);
                    if (envelope instanceof Envelope.CheckpointRequest request) {
                        NodeId to = leaving.sent().to();
                        keeper.answered(to, request.number(), of(to, request.number()), possible -> true);
                        roundsAt.add((long) now);
                    } else {
                        answersAt.add((long) now);
                    }
                }
            }
        }
        assertUnderBudget(bytesAt);
        assertTrue(heldBack > 0);
        long lastThird = 40_000;
        assertTrue(roundsAt.stream().filter(at -> at > lastThird).count() > 10, () -> "rounds at " + roundsAt);
        assertTrue(answersAt.stream().filter(at -> at > lastThird).count() > 10, () -> "answers at " + answersAt);
    }

    /** Over any time as much as comes in, what may go at once, and two frames that could not be seen to be too long. */
    private static void assertUnderBudget(long[] bytesAt) {
        for (int from = 0; from < bytesAt.length; from += 500) {
            long sent = 0;
            for (int until = from; until < bytesAt.length; until++) {
                sent += bytesAt[until];
                int millis = until - from + 1;
                if (sent > BYTES_PER_SECOND + millis * (long) BYTES_PER_SECOND / 1000 + 2L * length(answer())) {
                    fail(sent + " bytes in " + millis + " ms from " + from);
                }
            }
        }
    }

    private static Envelope answer() {
        return new Envelope.CheckpointAnswer(1, of(SELF, 1));
    }
}
