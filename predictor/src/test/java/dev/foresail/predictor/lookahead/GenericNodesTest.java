package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Known;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.sketch.Quantiles;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.fixture.Switchboard;
import dev.foresail.predictor.fixture.SwitchboardMachine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Caller n1 knows the boards n2 and n3, but none of their clerks, who are n10 and n11, and n20 and n21. */
class GenericNodesTest {
    private static final SwitchboardMachine MACHINE = new SwitchboardMachine();
    private static final NodeId CALLER = NodeId.of(1);
    private static final Event.Delivery RING = new Event.Delivery(NodeId.of(9), new Switchboard.Ring());
    private static final int ROUNDS = 64;

    private static Channel told(Quantiles work) {
        Channel channel = new Channel();
        channel.exported(new Exported(0, List.of(work), 0));
        return channel;
    }

    /** A board whose clerks have told it that they have so much work, in milliseconds. */
    private static Checkpoint<Switchboard> board(long id, long first, long second) {
        NodeId one = NodeId.of(10 * (id - 1));
        NodeId other = NodeId.of(10 * (id - 1) + 1);
        return Snapshots.checkpoint(
                NodeId.of(id),
                Switchboard.over(List.of(one, other)),
                List.of(),
                Map.of(one, told(Quantiles.of(first)), other, told(Quantiles.of(second))));
    }

    private static Snapshot<Switchboard> snapshot(Checkpoint<Switchboard> one, Checkpoint<Switchboard> other) {
        Switchboard caller = Switchboard.over(List.of(one.node(), other.node()));
        return Snapshots.of(Snapshots.checkpoint(CALLER, caller, List.of(), Map.of()), one, other);
    }

    /** After a tenth of a second, each message taking a millisecond. */
    private static Evaluation evaluate(Snapshot<Switchboard> snapshot, String metric) {
        Objective objective =
                new Objective(List.of(new Objective.Term(new TreeMap<>(Map.of(metric, -1.0)))), Duration.ofMillis(100));
        BoundObjective<Switchboard> bound = new BoundObjective<>(MACHINE, objective);
        return new Evaluator<>(MACHINE, bound, (from, to, random) -> 1_000_000, LaterChoices.none(), ROUNDS)
                .evaluate(snapshot, RING, MACHINE.alternatives(snapshot.own().state(), RING, new GuardNode(CALLER)), 3);
    }

    private static double answered(Evaluation evaluation, int alternative) {
        return -evaluation.values().get(alternative).mean();
    }

    @Test
    void whoIsNotKnownAnswersAsAggregatesSay() {
        Evaluation evaluation = evaluate(snapshot(board(2, 500, 600), board(3, 10, 20)), "answered");
        assertEquals(1, evaluation.best(), "the first board's clerks are too busy to answer within the horizon");
        assertEquals(0, answered(evaluation, 0), 1e-12);
        assertEquals(1, answered(evaluation, 1));
    }

    @Test
    void outcomesVaryAsMuchAsIgnoranceSays() {
        Evaluation evaluation = evaluate(snapshot(board(2, 10, 500), board(3, 10, 600)), "answered");
        for (int alternative = 0; alternative < 2; alternative++) {
            assertEquals(0.5, answered(evaluation, alternative), 0.2);
            Decision.Value value = evaluation.values().get(alternative);
            assertEquals(0.5, value.spread(), 0.1, "either clerk may be the one");
        }
    }

    @Test
    void whatOnlyTheRegionTellsIsDrawnFromIt() {
        NodeId clerk = NodeId.of(10);
        Quantiles region = Quantiles.of(10).with(10).with(10).with(500);
        Checkpoint<Switchboard> board = Snapshots.checkpoint(
                NodeId.of(2),
                Switchboard.over(List.of(clerk, NodeId.of(12))),
                List.of(),
                Map.of(NodeId.of(12), told(region)));
        Evaluation evaluation = evaluate(snapshot(board, board(3, 500, 500)), "answered");
        assertEquals(0.75, answered(evaluation, 0), 0.2, "three of four have time");
        assertEquals(0, evaluation.best());
    }

    @Test
    void theyAreInNoViewAndTheSameSeedDrawsTheSame() {
        Snapshot<Switchboard> snapshot = snapshot(board(2, 10, 500), board(3, 10, 600));
        assertEquals(-3, evaluate(snapshot, "nodes").values().get(0).mean());
        assertEquals(
                evaluate(snapshot, "answered").values(),
                evaluate(snapshot, "answered").values());
    }

    @Test
    void whereTheProtocolCannotSayTheyTakeWhatTheyAreSentAndItIsTold() {
        Checkpoint<Switchboard> board =
                Snapshots.checkpoint(NodeId.of(2), Switchboard.over(List.of(NodeId.of(10))), List.of(), Map.of());
        Evaluation evaluation = evaluate(snapshot(board, board(3, 10, 10)), "answered");
        assertEquals(0, answered(evaluation, 0), 1e-12);
        assertEquals(1, answered(evaluation, 1));
        assertEquals("FS561", evaluation.notices().get(0).code());
        assertTrue(evaluation.notices().get(0).text().contains("n10"), evaluation.notices()::toString);
    }

    @Test
    void whatIsOnItsWayCountsOnce() {
        Channel channel = told(Quantiles.of(7));
        channel.remember(channel.nextSequence(), new Switchboard.PutThrough(CALLER));
        channel.remember(channel.nextSequence(), new Switchboard.PutThrough(CALLER));
        Known<Quantiles> told = told(5_000, new GenericNodes.Teller(channel, 1));
        assertEquals(5_000, told.ageNanos(NodeId.of(10)));
        assertEquals(
                2,
                told.at(NodeId.of(10)).orElseThrow().total(),
                "the second message is about to come, and is not in it");
    }

    private static Known<Quantiles> told(long nowNanos, GenericNodes.Teller... tellers) {
        return new GenericNodes<>(MACHINE, Set.of(), (from, to, random) -> 0, 3, 0)
                .told(
                        new PictureView<>(MACHINE, new TreeMap<>(), false),
                        NodeId.of(10),
                        List.of(tellers),
                        Map.of(),
                        nowNanos)
                .of("work");
    }

    private static GenericNodes.Teller toldAt(long atNanos, long work) {
        Channel channel = new Channel();
        channel.exported(new Exported(0, List.of(Quantiles.of(work)), atNanos));
        return new GenericNodes.Teller(channel, 0);
    }

    @Test
    void whatWasToldLastCountsAndIsAsOldAsThat() {
        Known<Quantiles> told = told(
                9_000, new GenericNodes.Teller(new Channel(), 0), toldAt(2_000, 5), toldAt(8_000, 6), toldAt(8_000, 7));
        assertEquals(1_000, told.ageNanos(NodeId.of(10)));
        assertEquals(Quantiles.of(6), told.at(NodeId.of(10)).orElseThrow());
        Known<Quantiles> untold = told(9_000, new GenericNodes.Teller(new Channel(), 0));
        assertEquals(Long.MAX_VALUE, untold.ageNanos(NodeId.of(10)));
        assertTrue(untold.at(NodeId.of(10)).isEmpty());
    }

    /** A board without a clerk's word, and what it has told the caller itself after its checkpoint was taken. */
    @Test
    void whatABoardHasToldSinceItsCheckpointCounts() {
        NodeId board = NodeId.of(2);
        Checkpoint<Switchboard> taken = Snapshots.checkpoint(
                board,
                Switchboard.over(List.of(NodeId.of(10), NodeId.of(12))),
                List.of(),
                Map.of(NodeId.of(12), told(Quantiles.of(10))));
        Snapshot<Switchboard> fresh = Snapshots.of(
                Snapshots.checkpoint(
                        CALLER,
                        Switchboard.over(List.of(board, NodeId.of(3))),
                        List.of(),
                        Map.of(board, told(Quantiles.of(500)))),
                taken,
                board(3, 500, 600));
        assertEquals(1, answered(evaluate(fresh, "answered"), 0));
        double answered = answered(evaluate(outdatedBy(70_000_000, board, fresh), "answered"), 0);
        assertEquals(0.5, answered, 0.2, "n12 has time by its own word, of n10 only the board has told");
        assertEquals(
                1,
                answered(evaluate(outdatedBy(1_000, board, fresh), "answered"), 0),
                "the future has gone on for longer than the checkpoint was old, and says more than what was told before it");
    }

    private static Snapshot<Switchboard> outdatedBy(long ageNanos, NodeId board, Snapshot<Switchboard> fresh) {
        SortedMap<NodeId, Long> agesNanos = new TreeMap<>(fresh.agesNanos());
        agesNanos.put(board, ageNanos);
        return new Snapshot<>(
                fresh.own(), fresh.neighbours(), agesNanos, new TreeSet<>(List.of(board)), fresh.nowNanos());
    }

    @Test
    void anExportThatIsNewerThanThePictureIsAsOldAsItself() {
        NodeId board = NodeId.of(2);
        Channel channel = toldAt(3_000, 9).channel();
        Known<Quantiles> told = new GenericNodes<>(MACHINE, Set.of(), (from, to, random) -> 0, 3, 0)
                .told(
                        new PictureView<>(
                                MACHINE,
                                new TreeMap<>(Map.of(board, new Picture<>(new Switchboard(), Map.of(), 70_000))),
                                false),
                        NodeId.of(10),
                        List.of(),
                        Map.of(board, channel),
                        5_000)
                .of("work");
        assertEquals(2_000, told.ageNanos(board));
        assertEquals(Quantiles.of(9), told.at(board).orElseThrow());
        assertEquals(Set.of(board, NodeId.of(10)), told.nodes());
    }

    /** A board without a checkpoint is imagined as a clerk, and has nobody to put calls through to. */
    @Test
    void aNeighbourWithoutACheckpointTakesWhatItIsSentAndIsNoFailure() {
        NodeId lost = NodeId.of(2);
        Checkpoint<Switchboard> busy = board(3, 500, 600);
        Snapshot<Switchboard> snapshot = Snapshots.of(
                Snapshots.checkpoint(
                        CALLER,
                        Switchboard.over(List.of(lost, busy.node())),
                        List.of(),
                        Map.of(lost, told(Quantiles.of(4)))),
                busy);
        Evaluation evaluation = evaluate(snapshot, "answered");
        assertEquals(0, evaluation.best(), "neither answers, so nothing speaks against the first");
        assertEquals(List.of(), evaluation.notices());
    }

    @Test
    void whatAnImaginedNodeThrowsIsToldAndNoFailure() {
        long broken = Switchboard.TOO_MUCH_MILLIS;
        Evaluation evaluation = evaluate(snapshot(board(2, broken, broken), board(3, 500, 600)), "answered");
        assertEquals(0, evaluation.best());
        assertEquals("FS561", evaluation.notices().get(0).code());
        assertTrue(evaluation.notices().get(0).text().contains("too much work"), evaluation.notices()::toString);
    }

    @Test
    void whoThrowsDoesNotSilenceOthers() {
        GenericNodes<Switchboard> generics =
                new GenericNodes<>(MACHINE, Set.of(NodeId.of(4)), (from, to, random) -> 0, 3, 0);
        generics.add(NodeId.of(10), new Switchboard());
        generics.failed(NodeId.of(10), "the first");
        generics.failed(NodeId.of(11), "the second");
        assertFalse(generics.mayAdd(NodeId.of(10)), "it has thrown");
        assertFalse(generics.mayAdd(NodeId.of(4)), "it is not to be imagined");
        assertTrue(generics.mayAdd(NodeId.of(12)));
        assertTrue(generics.hadAny());
        assertEquals(Optional.of("the first"), generics.trouble());
    }

    @Test
    void theSixtyFifthIsToldOf() {
        GenericNodes<Switchboard> generics = new GenericNodes<>(MACHINE, Set.of(), (from, to, random) -> 0, 3, 0);
        for (int id = 10; id < 10 + GenericNodes.MOST; id++) {
            assertTrue(generics.mayAdd(NodeId.of(id)));
            generics.add(NodeId.of(id), new Switchboard());
        }
        assertEquals(Optional.empty(), generics.trouble());
        assertFalse(generics.mayAdd(NodeId.of(99)));
        assertEquals(Optional.of("n99, as at most 64 nodes are imagined"), generics.trouble());
    }

    /** A clerk that sets its timer again and again. */
    @Test
    void imaginedNodesHaveSoManyEventsOfTheirOwn() {
        long endless = Switchboard.ENDLESS_MILLIS;
        Evaluation evaluation = evaluate(snapshot(board(2, endless, endless), board(3, 500, 600)), "answered");
        double answers = answered(evaluation, 0);
        assertTrue(answers > 900 && answers < 1_000, () -> answers + " answers");
        assertEquals(0, evaluation.best());
        assertEquals("FS561", evaluation.notices().get(0).code());
        assertTrue(
                evaluation.notices().get(0).text().contains("more than 1000 events"), evaluation.notices()::toString);
    }

    @Test
    void whatIsKnownOfNodesIsAsOldAsTheirCheckpoints() {
        Snapshot<Switchboard> fresh = snapshot(board(2, 10, 10), board(3, 10, 10));
        Snapshot<Switchboard> old = new Snapshot<>(
                fresh.own(),
                fresh.neighbours(),
                new TreeMap<>(Map.of(NodeId.of(2), 30_000_000L, NodeId.of(3), 70_000_000L)),
                fresh.outdated(),
                80_000_000L);
        assertEquals(100, answered(evaluate(fresh, "oldestMillis"), 0), "it is asked after a tenth of a second");
        assertEquals(70 + 100, answered(evaluate(old, "oldestMillis"), 0));
        Evaluation told = evaluate(old, "toldMillis");
        assertEquals(80 + 1, answered(told, 0), "told at 0, and a call takes a millisecond to the board");
        assertEquals(80 + 1, answered(told, 1));
    }
}
