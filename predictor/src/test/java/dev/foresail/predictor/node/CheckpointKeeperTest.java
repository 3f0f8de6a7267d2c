package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.RecordingHost;
import dev.foresail.predictor.fixture.RecordingHost.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A node with a quota of three checkpoints and two neighbours. */
class CheckpointKeeperTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeSettings SETTINGS = NodeSettings.DEFAULT.withCheckpointQuota(3);

    private final RecordingHost host = new RecordingHost();
    private final List<String> roundTrips = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();
    private final List<NodeId> limited = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final CheckpointKeeper<Desk> keeper = new CheckpointKeeper<>(
            host,
            SETTINGS,
            new NodeObserver() {
                @Override
                public void roundTrip(NodeId peer, long nanos) {
                    roundTrips.add(peer + " " + nanos / 1_000_000);
                }

                @Override
                public void limited(NodeId peer) {
                    limited.add(peer);
                }

                @Override
                public void doubted(NodeId peer, String reason) {
                    doubts.add(peer + ": " + reason);
                }
            },
            this::take,
            answered -> {});

    private Checkpoint<Desk> take(long number) {
        taken.add(number);
        return of(SELF, number);
    }

    private static Checkpoint<Desk> of(NodeId node, long number) {
        return new Checkpoint<>(node, number, new Desk(), new TreeMap<>(), List.of(), new TreeMap<>());
    }

    /** With a channel over which 3 messages were sent. */
    private static Checkpoint<Desk> of(NodeId node, long number, NodeId peer, long received) {
        Checkpoint.ChannelCheckpoint channel =
                new Checkpoint.ChannelCheckpoint(3, received, List.of(new SentMessage(3, "x")), List.of());
        return new Checkpoint<>(
                node, number, new Desk(), new TreeMap<>(), List.of(), new TreeMap<>(Map.of(peer, channel)));
    }

    private static Sent answer(NodeId to, long requested, long number) {
        return new Sent(to, new Envelope.CheckpointAnswer(requested, of(SELF, number)));
    }

    private static Sent request(NodeId to, long number) {
        return new Sent(to, new Envelope.CheckpointRequest(number));
    }

    /** Compares without the states of checkpoints, which have no equality. */
    private void assertSent(Sent... expected) {
        assertEquals(withoutStates(List.of(expected)), withoutStates(host.takeSent()));
    }

    private static List<String> withoutStates(List<Sent> sent) {
        return sent.stream()
                .map(one -> one.toString().replaceAll("Desk@[0-9a-f]+", "Desk"))
                .toList();
    }

    private void answered(NodeId from, long requested, Checkpoint<Desk> checkpoint) {
        keeper.answered(from, requested, checkpoint, there -> !there.channels().containsKey(SELF));
    }

    private void gather() {
        keeper.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
    }

    @Test
    void whoIsSuspectedIsNotWaitedForAndItsLastCheckpointStays() {
        gather();
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(THREE, 1));
        host.takeSent();
        host.suspected.add(THREE);
        host.advanceMillis(1_000);

        gather();
        assertSent(request(TWO, 2));
        answered(TWO, 2, of(TWO, 2));
        assertEquals(2, keeper.gathered().get(TWO).checkpoint().number());
        assertEquals(1, keeper.gathered().get(THREE).checkpoint().number());

        host.suspected.add(TWO);
        host.advanceMillis(1_000);
        gather();
        assertSent();
        assertEquals(0, host.scheduled(), "a round that waits for nobody is over");
        assertEquals(2, keeper.gathered().size());
    }

    @Test
    void aMessageFromAheadForcesACheckpointBeforeItIsHandled() {
        keeper.beforeMessage(TWO, 0);
        assertEquals(List.of(), taken);
        keeper.beforeMessage(TWO, 4);
        keeper.beforeMessage(TWO, 4);
        keeper.beforeMessage(TWO, 3);
        assertEquals(List.of(4L), taken);
        assertEquals(4, keeper.number());
    }

    @Test
    void answersWithTheEarliestCheckpointThatIsNotTooEarly() {
        keeper.beforeMessage(TWO, 3);
        keeper.beforeMessage(TWO, 6);
        keeper.requested(TWO, 4);
        keeper.requested(TWO, 3);
        assertSent(answer(TWO, 4, 6), answer(TWO, 3, 3));
        keeper.requested(TWO, 8);
        assertSent(answer(TWO, 8, 8));
        assertEquals(8, keeper.number(), "a request from ahead forces a checkpoint too");
    }

    @Test
    void refusesWhatItHasPruned() {
        for (long number = 2; number <= 5; number++) {
            keeper.beforeMessage(TWO, number);
        }
        keeper.requested(TWO, 2);
        keeper.requested(TWO, 1);
        assertSent(
                new Sent(TWO, new Envelope.CheckpointRefused(2, 5)),
                new Sent(TWO, new Envelope.CheckpointRefused(1, 5)));
        keeper.requested(TWO, 3);
        assertSent(answer(TWO, 3, 3));
    }

    @Test
    void aRoundEndsWithTheLastAnswer() {
        gather();
        assertSent(request(TWO, 1), request(THREE, 1));
        host.advanceMillis(7);
        answered(TWO, 1, of(TWO, 1));
        assertEquals(Map.of(), keeper.gathered(), "half a set is no consistent set");
        answered(THREE, 1, of(THREE, 2));
        assertEquals(Set.of(TWO, THREE), keeper.gathered().keySet());
        assertEquals(2, keeper.gathered().get(THREE).checkpoint().number());
        assertEquals(0, host.scheduled(), "the time-out is off");
        assertEquals(List.of("n2 7", "n3 7"), roundTrips);
    }

    @Test
    void anAnswerThatIsNotAwaitedIsIgnored() {
        gather();
        answered(TWO, 9, of(TWO, 9));
        answered(NodeId.of(7), 1, of(NodeId.of(7), 1));
        answered(TWO, 1, of(TWO, 1));
        answered(TWO, 1, of(TWO, 5));
        answered(THREE, 1, of(THREE, 1));
        assertEquals(Set.of(TWO, THREE), keeper.gathered().keySet());
        assertEquals(1, keeper.gathered().get(TWO).checkpoint().number());
    }

    @Test
    void aRefusedRoundIsRepeatedWithANumberThatEveryoneStillHas() {
        gather();
        host.takeSent();
        answered(TWO, 1, of(TWO, 1));
        keeper.refused(THREE, 1, 40);
        assertSent(request(TWO, 41), request(THREE, 41));
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 41, of(THREE, 41));
        assertEquals(Map.of(), keeper.gathered(), "the answer to the first round is too late");
        answered(TWO, 41, of(TWO, 41));
        assertEquals(41, keeper.gathered().get(TWO).checkpoint().number());
        keeper.refused(TWO, 41, 50);
        assertSent();
    }

    /** Whom a repeated round does not ask again is a neighbour as before. */
    @Test
    void aRoundThatIsRepeatedForgetsNoNeighbour() {
        NodeId four = NodeId.of(4);
        keeper.gatherSoon(() -> List.of(TWO, THREE, four));
        host.advanceMillis(0);
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(THREE, 1));
        answered(four, 1, of(four, 1));
        host.suspected.add(TWO);
        host.advanceMillis(1_000);
        keeper.gatherSoon(() -> List.of(TWO, THREE, four));
        host.advanceMillis(0);
        keeper.lost(THREE);
        host.takeSent();
        keeper.refused(four, 2, 40);
        assertSent(request(four, 41));
        assertEquals(Set.of(TWO, THREE, four), keeper.gathered().keySet());
        keeper.refused(four, 41, 50);
        answered(four, 51, of(four, 51));
        assertEquals(Set.of(TWO, THREE, four), keeper.gathered().keySet());
        assertEquals(Set.of(TWO, THREE, four), keeper.consistent().keySet());
    }

    /** What it is asked for is answered by others with the next number, so a liar could make the round go on for ever. */
    @Test
    void aPeerThatRefusesOverAndOverDoesNotKeepTheOthersAnswersAway() {
        gather();
        for (int refusal = 0; refusal < 10 && keeper.gathered().isEmpty(); refusal++) {
            long asked = keeper.number();
            answered(TWO, asked, of(TWO, asked));
            keeper.refused(THREE, asked, asked);
        }
        assertEquals(Set.of(TWO), keeper.gathered().keySet());
        assertEquals(0, host.scheduled(), "the time-out is off");
        host.takeSent();
        keeper.refused(THREE, keeper.number(), keeper.number());
        assertSent();
    }

    @Test
    void aNumberThatNobodyCanHaveComeToIsIgnored() {
        host.highestCheckpointNumber = 1_000;
        keeper.beforeMessage(TWO, 1_001);
        keeper.requested(TWO, Long.MAX_VALUE);
        keeper.beforeMessage(TWO, -1);
        assertEquals(0, keeper.number());
        assertSent();
        gather();
        host.takeSent();
        keeper.refused(TWO, 1, 1_001);
        assertSent();
    }

    @Test
    void aNumberThatCannotBeEndsOneConsistentSetAndNotTheNext() {
        host.highestCheckpointNumber = 1_000;
        gather();
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(THREE, 1));
        assertEquals(Set.of(TWO, THREE), keeper.consistentNow().keySet());
        keeper.beforeMessage(TWO, Long.MAX_VALUE);
        assertEquals(Set.of(), keeper.consistentNow().keySet());
        host.advanceMillis(1_000);
        gather();
        answered(TWO, 2, of(TWO, 2));
        answered(THREE, 2, of(THREE, 2));
        assertEquals(Set.of(TWO, THREE), keeper.consistentNow().keySet());
    }

    /** However a liar has led a node there, an honest neighbour that the liar has not spoken to must still answer it. */
    @Test
    void aNodeThatWasLedFarAheadIsNotCutOffFromItsNeighbours() {
        for (int leap = 1; leap <= 5; leap++) {
            keeper.beforeMessage(TWO, keeper.number() + (1L << 32));
        }
        CheckpointKeeper<Desk> honest =
                new CheckpointKeeper<>(host, SETTINGS, NodeObserver.NONE, this::take, answered -> {});
        honest.requested(SELF, keeper.number() + 1);
        assertSent(answer(SELF, keeper.number() + 1, keeper.number() + 1));
    }

    @Test
    void aRoundGoesOnWithoutAPeerThatIsLost() {
        gather();
        answered(TWO, 1, of(TWO, 1));
        keeper.lost(THREE);
        assertEquals(Set.of(TWO), keeper.gathered().keySet());
    }

    @Test
    void aRoundThatGetsNoAnswerEndsByTimeOut() {
        gather();
        answered(TWO, 1, of(TWO, 1));
        host.advanceMillis(1_999);
        assertEquals(Map.of(), keeper.gathered());
        host.advanceMillis(1);
        assertEquals(Set.of(TWO), keeper.gathered().keySet());
        answered(THREE, 1, of(THREE, 1));
        assertEquals(Set.of(TWO), keeper.gathered().keySet(), "too late");
    }

    @Test
    void aRoundUnderWayIsNotCutShortButFollowedByAnother() {
        gather();
        host.takeSent();
        keeper.gatherSoon(() -> List.of(TWO));
        host.advanceMillis(500);
        assertSent();
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(THREE, 1));
        host.advanceMillis(0);
        assertSent(request(TWO, 2));
        assertEquals(Set.of(TWO), keeper.gathered().keySet(), "n3 is no neighbour any more");
    }

    @Test
    void roundsKeepTheirDistance() {
        keeper.gatherSoon(() -> List.of(TWO));
        keeper.gatherSoon(() -> List.of(TWO));
        host.advanceMillis(0);
        assertSent(request(TWO, 1));
        answered(TWO, 1, of(TWO, 1));
        keeper.gatherSoon(() -> List.of(TWO));
        host.advanceMillis(99);
        assertSent();
        host.advanceMillis(1);
        assertSent(request(TWO, 2));
    }

    @Test
    void withoutNeighboursNobodyIsAskedAndTheCutIsTheNodeAlone() {
        keeper.gatherSoon(List::of);
        host.advanceMillis(10);
        assertSent();
        assertTrue(keeper.ownOfLastRound().isPresent());
    }

    /** A round that timed out has brought some checkpoints anew, which need not go together with those of before. */
    @Test
    void whatARoundWithoutEverybodyContradictsIsLeftOutButKept() {
        gather();
        answered(TWO, 1, of(TWO, 1, THREE, 0));
        answered(THREE, 1, of(THREE, 1, TWO, 3));
        assertEquals(Set.of(TWO, THREE), keeper.consistent().keySet());
        keeper.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(100);
        answered(TWO, 2, of(TWO, 2, THREE, 4));
        host.advanceMillis(2_000);
        assertEquals(Set.of(TWO), keeper.consistent().keySet(), "n2 has received what n3 had not sent yet");
        assertEquals(Set.of(TWO, THREE), keeper.gathered().keySet());
        host.advanceMillis(100);
        keeper.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        answered(TWO, 3, of(TWO, 3, THREE, 3));
        host.advanceMillis(2_000);
        assertEquals(Set.of(TWO, THREE), keeper.consistent().keySet());
    }

    private static Set<Long> numbers(SortedMap<NodeId, CheckpointKeeper.Gathered<Desk>> known) {
        return known.values().stream().map(one -> one.checkpoint().number()).collect(Collectors.toSet());
    }

    /** A link that is slow, or a peer that is gone, keeps a round open: what has come is not to wait for it. */
    @Test
    void whereAnswersCountAtOncePredictionsRestOnThemBeforeTheRoundIsOver() {
        CheckpointKeeper<Desk> eager = new CheckpointKeeper<>(
                host, SETTINGS.withAnswersAtOnce(true), NodeObserver.NONE, this::take, answered -> {});
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        assertEquals(Set.of(), eager.consistentLatest().keySet());
        eager.answered(TWO, 1, of(TWO, 1, THREE, 0), there -> true);
        assertEquals(Set.of(TWO), eager.consistentLatest().keySet());
        assertEquals(Set.of(), eager.consistent().keySet(), "a cut for steering is whole");
        assertEquals(Set.of(), eager.consistentNow().keySet());
        eager.answered(THREE, 1, of(THREE, 1, TWO, 3), there -> true);
        assertEquals(Set.of(TWO, THREE), eager.consistentLatest().keySet());
        assertEquals(eager.consistent(), eager.consistentLatest());

        host.advanceMillis(100);
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        assertEquals(Set.of(1L), numbers(eager.latest()), "nothing new has come");
        eager.answered(THREE, 2, of(THREE, 2, TWO, 3), there -> true);
        assertEquals(Set.of(1L, 2L), numbers(eager.consistentLatest()), "of n2 what was known before");
        assertEquals(Set.of(1L), numbers(eager.consistent()));
    }

    @Test
    void whereAnswersCountAtOnceWhatContradictsALaterOneIsLeftOut() {
        CheckpointKeeper<Desk> eager = new CheckpointKeeper<>(
                host, SETTINGS.withAnswersAtOnce(true), NodeObserver.NONE, this::take, answered -> {});
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        eager.answered(TWO, 1, of(TWO, 1, THREE, 0), there -> true);
        eager.answered(THREE, 1, of(THREE, 1, TWO, 3), there -> true);
        host.advanceMillis(100);
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        eager.answered(TWO, 2, of(TWO, 2, THREE, 4), there -> true);
        assertEquals(Set.of(TWO), eager.consistentLatest().keySet(), "n2 has received what n3 had not sent yet");
        assertEquals(Set.of(TWO, THREE), eager.latest().keySet());
    }

    @Test
    void whereAnswersCountAtOnceNothingBecomesOlderWhenARoundBeginsAgainOrEndsWithoutAnAnswer() {
        CheckpointKeeper<Desk> eager = new CheckpointKeeper<>(
                host, SETTINGS.withAnswersAtOnce(true), NodeObserver.NONE, this::take, answered -> {});
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        eager.answered(TWO, 1, of(TWO, 1), there -> true);
        eager.answered(THREE, 1, of(THREE, 1), there -> true);
        host.advanceMillis(100);
        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(0);
        eager.answered(TWO, 2, of(TWO, 2), there -> true);
        eager.refused(THREE, 2, 40);
        assertEquals(Set.of(2L, 1L), numbers(eager.latest()), "the round begins again");
        assertEquals(Set.of(2L, 1L), numbers(eager.consistentLatest()));
        eager.answered(THREE, 41, of(THREE, 41), there -> true);
        host.advanceMillis(2_000);
        assertEquals(Set.of(2L, 41L), numbers(eager.latest()), "it has ended without n2");
        assertEquals(Set.of(1L, 41L), numbers(eager.gathered()), "what steering sees is of rounds that have ended");
        assertTrue(eager.knows(TWO));

        eager.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(100);
        eager.answered(TWO, 42, of(TWO, 42), there -> true);
        eager.answered(THREE, 42, of(THREE, 42), there -> true);
        assertEquals(Set.of(42L), numbers(eager.latest()));
        assertEquals(eager.consistent(), eager.consistentLatest());
        host.advanceMillis(100);
        eager.gatherSoon(() -> List.of(TWO));
        host.advanceMillis(0);
        assertEquals(Set.of(TWO), eager.latest().keySet(), "n3 is no neighbour any more");
    }

    @Test
    void elsewherePredictionsRestOnRoundsThatAreOver() {
        gather();
        answered(TWO, 1, of(TWO, 1));
        assertEquals(Set.of(), keeper.consistentLatest().keySet());
        assertEquals(Set.of(), keeper.latest().keySet());
        answered(THREE, 1, of(THREE, 1));
        assertEquals(Set.of(TWO, THREE), keeper.consistentLatest().keySet());
    }

    @Test
    void aCheckpointIsAsOldAsTheRoundThatAskedForIt() {
        host.advanceMillis(5);
        gather();
        host.advanceMillis(30);
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(THREE, 1));
        assertEquals(5_000_000, keeper.gathered().get(TWO).takenNanos());
    }

    /** However far a liar leads the node meanwhile. */
    @Test
    void whatOneAsksForIsNotPushedOutByAnother() {
        keeper.requested(TWO, 1);
        for (int leap = 1; leap <= 40; leap++) {
            keeper.requested(THREE, leap * 1_000L);
        }
        host.takeSent();
        keeper.requested(TWO, 2);
        assertSent(answer(TWO, 2, 1_000));
        keeper.requested(TWO, 1_001);
        assertSent(new Sent(TWO, new Envelope.CheckpointRefused(1_001, 40_000)));
        keeper.requested(TWO, 39_500);
        assertSent(answer(TWO, 39_500, 40_000));
    }

    @Test
    void aPeerMayMakeItTakeSoManyCheckpointsInASecond() {
        for (int message = 1; message <= 200; message++) {
            keeper.beforeMessage(TWO, message);
        }
        assertEquals(50, taken.size());
        assertEquals(150, limited.size());
        keeper.beforeMessage(THREE, 300);
        assertEquals(300, keeper.number(), "others may go on");
        host.advanceMillis(100);
        for (int message = 301; message <= 400; message++) {
            keeper.beforeMessage(TWO, message);
        }
        assertEquals(305, keeper.number(), "five more after a tenth of a second");
    }

    @Test
    void aPeerMayAskForSoManyCheckpointsInASecond() {
        keeper.beforeMessage(THREE, 1);
        for (int request = 0; request < 200; request++) {
            keeper.requested(TWO, 1);
        }
        assertEquals(50, host.takeSent().size());
        assertEquals(150, limited.size());
    }

    @Test
    void whoConnectsAgainMayDoNoMoreThanBefore() {
        for (int connection = 0; connection < 4; connection++) {
            for (int message = 1; message <= 50; message++) {
                keeper.beforeMessage(TWO, keeper.number() + 1);
                keeper.requested(TWO, keeper.number());
            }
            keeper.lost(TWO);
            keeper.lost(THREE);
        }
        assertEquals(50, keeper.number());
        assertEquals(50, host.takeSent().size());
        host.advanceMillis(100);
        keeper.requested(TWO, 1);
        keeper.beforeMessage(THREE, 60);
        assertEquals(60, keeper.number());
        assertEquals(1, host.takeSent().size(), "in time it may again");
    }

    @Test
    void anAnswerThatCannotBeEndsTheWaitForItsSender() {
        gather();
        answered(TWO, 1, of(TWO, 1));
        answered(THREE, 1, of(TWO, 1));
        assertEquals(Set.of(TWO), keeper.gathered().keySet());
        assertEquals(List.of("n3: it is of n2"), doubts);
        keeper.gatherSoon(() -> List.of(TWO, THREE));
        host.advanceMillis(100);
        answered(TWO, 2, of(TWO, 2, SELF, 9));
        answered(THREE, 2, of(THREE, 1));
        assertEquals(1, keeper.gathered().get(TWO).checkpoint().number());
        assertEquals(
                List.of(
                        "n2: it has received what was never sent to it from here",
                        "n3: its number is 1, asked for was 2"),
                doubts.subList(1, 3));
    }

    /** A liar says that it has received of its neighbours what they had not sent: they do not say so of each other. */
    @Test
    void whoContradictsMoreOthersIsLeftOutFirst() {
        NodeId four = NodeId.of(4);
        keeper.gatherSoon(() -> List.of(TWO, THREE, four));
        host.advanceMillis(0);
        Checkpoint.ChannelCheckpoint much = new Checkpoint.ChannelCheckpoint(0, 99, List.of(), List.of());
        answered(
                TWO,
                1,
                new Checkpoint<>(
                        TWO,
                        1,
                        new Desk(),
                        new TreeMap<>(),
                        List.of(),
                        new TreeMap<>(Map.of(THREE, much, four, much))));
        answered(THREE, 1, of(THREE, 1));
        answered(four, 1, of(four, 1));
        assertEquals(Set.of(THREE, four), keeper.consistent().keySet());
    }
}
