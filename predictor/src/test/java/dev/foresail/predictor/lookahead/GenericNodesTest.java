package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        GenericNodes<Switchboard> generics = new GenericNodes<>(MACHINE, (from, to, random) -> 0, 3, 0);
        Known<Quantiles> told = generics.told(
                        new PictureView<>(MACHINE, new TreeMap<>(), false),
                        NodeId.of(10),
                        List.of(new GenericNodes.Teller(channel, 1, 5_000)))
                .of("work");
        assertEquals(5_000, told.ageNanos(NodeId.of(10)));
        assertEquals(
                2,
                told.at(NodeId.of(10)).orElseThrow().total(),
                "the second message is about to come, and is not in it");
    }

    @Test
    void whatIsKnownOfNodesIsAsOldAsTheirCheckpoints() {
        Snapshot<Switchboard> fresh = snapshot(board(2, 10, 10), board(3, 10, 10));
        Snapshot<Switchboard> old = new Snapshot<>(
                fresh.own(),
                fresh.neighbours(),
                new TreeMap<>(Map.of(NodeId.of(2), 30_000_000L, NodeId.of(3), 70_000_000L)),
                fresh.outdated());
        assertEquals(0, answered(evaluate(fresh, "oldestMillis"), 0), 1e-12);
        assertEquals(70, answered(evaluate(old, "oldestMillis"), 0));
        Evaluation told = evaluate(old, "toldMillis");
        assertEquals(30 + 1, answered(told, 0), "a call takes a millisecond to the board");
        assertEquals(70 + 1, answered(told, 1));
    }
}
