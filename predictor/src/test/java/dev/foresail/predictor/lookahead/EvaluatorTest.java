package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Desk n1 files a letter from n9 in tray n2, n3 or n4; the letters that the trays keep are to be even. */
class EvaluatorTest {
    private static final DeskMachine MACHINE = new DeskMachine();
    private static final NodeId DESK = NodeId.of(1);
    private static final NodeId CLERK = NodeId.of(9);
    private static final Event.Delivery LETTER = new Event.Delivery(CLERK, new Desk.Letter(1));
    private static final LinkDelays TEN_MILLIS = (from, to, random) -> 10_000_000L;
    private static final LinkDelays UNSTEADY = (from, to, random) -> (long) (100_000_000L * random.nextDouble());

    private static Checkpoint<Desk> tray(long id, int kept) {
        return Snapshots.checkpoint(NodeId.of(id), Desk.keeping(kept), List.of(), Map.of());
    }

    private static Checkpoint<Desk> desk(List<Event.Delivery> deferred, Map<NodeId, Channel> channels) {
        return Snapshots.checkpoint(DESK, Desk.withTrays(NodeId.of(2), NodeId.of(3), NodeId.of(4)), deferred, channels);
    }

    private static Evaluator<Desk> evaluator(String metric, Duration horizon, LinkDelays delays, int maxRounds) {
        return new Evaluator<>(
                MACHINE,
                new BoundObjective<>(MACHINE, Objective.minimize(metric, horizon)),
                delays,
                LaterChoices.none(),
                maxRounds);
    }

    private static Evaluation evaluate(Snapshot<Desk> snapshot, LinkDelays delays, Duration horizon) {
        return evaluate(snapshot, LETTER, evaluator("unevenness", horizon, delays, 8));
    }

    private static Evaluation evaluate(Snapshot<Desk> snapshot, Event event, Evaluator<Desk> evaluator) {
        List<Alternative> alternatives = MACHINE.alternatives(snapshot.own().state(), event, new GuardNode(DESK));
        return evaluator.evaluate(snapshot, event, alternatives, 5);
    }

    @Test
    void theTrayWithTheFewestLettersIsBest() {
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 3), tray(3, 1), tray(4, 2));
        Evaluation evaluation = evaluate(snapshot, TEN_MILLIS, Duration.ofSeconds(1));
        assertEquals(1, evaluation.best());
        assertEquals(List.of(21.0, 17.0, 19.0), means(evaluation));
    }

    /** Slow trays are not worse for one letter, but for what has to be filed before the horizon. */
    @Test
    void whatComesToASlowNodeWaitsItsTurn() {
        LinkDelays slowTray = new LinkDelays() {
            @Override
            public long sampleNanos(NodeId from, NodeId to, RandomGenerator random) {
                return 10_000_000L;
            }

            @Override
            public long serviceNanos(NodeId node) {
                return node.value() == 3 ? 30_000_000L : 0;
            }
        };
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 3), tray(3, 1), tray(4, 2));
        assertEquals(List.of(21.0, 14.0, 19.0), means(evaluate(snapshot, slowTray, Duration.ofMillis(39))));
        assertEquals(List.of(21.0, 17.0, 19.0), means(evaluate(snapshot, slowTray, Duration.ofMillis(40))));
    }

    private static List<Double> means(Evaluation evaluation) {
        return evaluation.values().stream().map(Decision.Value::mean).toList();
    }

    @Test
    void equalAlternativesHaveExactlyEqualCostsThoughLinksAreUnsteady() {
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 1), tray(3, 1), tray(4, 1));
        Evaluation evaluation = evaluate(snapshot, UNSTEADY, Duration.ofSeconds(1));
        assertEquals(0, evaluation.best(), "the first of equals");
        assertEquals(1, means(evaluation).stream().distinct().count());
        assertEquals(6, evaluation.rollOuts(), "two rounds of three tell that nothing differs");
    }

    @Test
    void whatIsConfidentlyWorseIsDroppedEarly() {
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 1), tray(3, 1), tray(4, 3));
        Evaluation clear = evaluate(snapshot, TEN_MILLIS, Duration.ofMillis(50));
        assertEquals(
                List.of(2, 2, 2),
                clear.values().stream().map(Decision.Value::rollOuts).toList());
        assertEquals(Set.of(0, 1), clear.rivals(), "of the equals none is worse");
        Evaluator<Desk> unsteady = evaluator("unevenness", Duration.ofMillis(50), UNSTEADY, 32);
        List<Alternative> alternatives = MACHINE.alternatives(snapshot.own().state(), LETTER, new GuardNode(DESK));
        int all = 0;
        int ofTheWorst = 0;
        int most = 0;
        for (int seed = 0; seed < 20; seed++) {
            Evaluation evaluation = unsteady.evaluate(snapshot, LETTER, alternatives, seed);
            all += evaluation.rollOuts();
            ofTheWorst += evaluation.values().get(2).rollOuts();
            most = Math.max(most, evaluation.values().get(0).rollOuts());
        }
        assertTrue(all > 20 * 6, "which of the links is fast enough varies, so more rounds are needed: " + all);
        assertTrue(all <= 20 * 3 * 32, "the budget is kept: " + all);
        assertTrue(most > 32, "what is given up leaves its roll-outs to the others: " + most);
        assertTrue(3 * ofTheWorst < all, "the worst has fewer than its share: " + ofTheWorst + " of " + all);
    }

    @Test
    void whatWasBestStaysUnlessItIsClearlyWorse() {
        Evaluation evaluation = new Evaluation(2, List.of(), 12, new TreeSet<>(Set.of(1, 2)), List.of());
        assertEquals(1, evaluation.steady(1).best());
        assertEquals(2, evaluation.steady(0).best());
        assertEquals(2, evaluation.steady(2).best());
    }

    @Test
    void theSameSeedGivesTheSameValues() {
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 1), tray(3, 2), tray(4, 4));
        assertEquals(
                evaluate(snapshot, UNSTEADY, Duration.ofMillis(50)),
                evaluate(snapshot, UNSTEADY, Duration.ofMillis(50)));
    }

    @Test
    void anAlternativeThatViolatesSafetyIsTheWorst() {
        Evaluator<Desk> uneven = new Evaluator<>(
                MACHINE,
                new BoundObjective<>(
                        MACHINE,
                        new Objective(
                                List.of(new Objective.Term(new TreeMap<>(Map.of("unevenness", -1.0)))),
                                Duration.ofSeconds(1))),
                TEN_MILLIS,
                LaterChoices.none(),
                8);
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 1), tray(3, 4), tray(4, 2));
        assertEquals(2, evaluate(snapshot, LETTER, uneven).best(), "n3 would have overflowed");
    }

    @Test
    void aMetricThatBecomesInfiniteIsWorseThanAnyNumber() {
        assertTrue(Costs.compare(new double[] {Double.POSITIVE_INFINITY}, new double[] {1}) > 0);
        assertTrue(Costs.compare(new double[] {Double.NEGATIVE_INFINITY}, new double[] {1}) < 0);
        assertEquals(
                0, Costs.compare(new double[] {Double.POSITIVE_INFINITY}, new double[] {Double.POSITIVE_INFINITY}));
        assertEquals(0, Costs.compare(new double[] {1e9, 2}, new double[] {1e9 + 0.1, 2}), "rounding");
        assertTrue(Costs.compare(new double[] {1, 2}, new double[] {1, 3}) < 0, "the later term decides");
    }

    @Test
    void anObjectiveWithoutTermsShowsViolatedSafety() {
        Evaluator<Desk> safetyOnly = new Evaluator<>(
                MACHINE,
                new BoundObjective<>(MACHINE, new Objective(List.of(), Duration.ofSeconds(1))),
                TEN_MILLIS,
                LaterChoices.none(),
                2);
        Snapshot<Desk> snapshot = Snapshots.of(desk(List.of(), Map.of()), tray(2, 4), tray(3, 0), tray(4, 0));
        Evaluation evaluation = evaluate(snapshot, LETTER, safetyOnly);
        assertEquals(List.of(1.0, 0.0, 0.0), means(evaluation));
        assertEquals(1, evaluation.best());
        assertThrows(
                IllegalArgumentException.class, () -> evaluator("unevenness", Duration.ofSeconds(1), TEN_MILLIS, 1));
    }

    /**
     * A message that is being handled must not also count as in flight: this letter would be filed once by the
     * alternative and once more on its arrival, in the tray that is best by then, and the alternatives would look alike.
     */
    @Test
    void aMessageThatIsHandledIsNotInFlightToo() {
        Channel fromClerk = new Channel();
        fromClerk.received(1);
        Channel toDesk = new Channel();
        toDesk.remember(toDesk.nextSequence(), LETTER.message());
        Checkpoint<Desk> clerk = Snapshots.checkpoint(CLERK, new Desk(), List.of(), Map.of(DESK, toDesk));
        Snapshot<Desk> snapshot =
                Snapshots.of(desk(List.of(), Map.of(CLERK, fromClerk)), tray(2, 1), tray(3, 0), tray(4, 3), clerk);
        Evaluation evaluation = evaluate(snapshot, TEN_MILLIS, Duration.ofSeconds(1));
        assertEquals(List.of(13.0, 11.0), means(evaluation).subList(0, 2));
        assertEquals(1, evaluation.best());
    }

    @Test
    void whatIsInFlightArrivesInEveryFuture() {
        Channel toTray = new Channel();
        toTray.remember(toTray.nextSequence(), new Desk.Filed(7));
        toTray.remember(toTray.nextSequence(), new Desk.Filed(8));
        Snapshot<Desk> snapshot =
                Snapshots.of(desk(List.of(), Map.of(NodeId.of(3), toTray)), tray(2, 1), tray(3, 0), tray(4, 3));
        Evaluation evaluation = evaluate(snapshot, TEN_MILLIS, Duration.ofSeconds(1));
        assertEquals(0, evaluation.best(), "two letters are on their way to n3");
        assertEquals(List.of(17.0, 19.0), means(evaluation).subList(0, 2));
    }

    /** A deferred message has been received: handling it must not put later ones of its sender in flight again. */
    @Test
    void aDeferredMessageIsTriedOnceItsGuardHoldsAndCountsOnce() {
        Channel fromClerk = new Channel();
        fromClerk.received(2);
        Desk closed = Desk.withTrays(NodeId.of(2), NodeId.of(3));
        MACHINE.run(
                closed,
                new Event.Call("close", List.of()),
                MACHINE.alternatives(closed, new Event.Call("close", List.of()), new GuardNode(DESK))
                        .get(0),
                new GuardNode(DESK));
        Checkpoint<Desk> own = Snapshots.checkpoint(DESK, closed, List.of(LETTER), Map.of(CLERK, fromClerk));
        Evaluation evaluation = evaluate(
                Snapshots.of(own, tray(2, 0), tray(3, 1)),
                new Event.Call("open", List.of()),
                evaluator("unevenness", Duration.ofSeconds(1), TEN_MILLIS, 2));
        assertEquals(List.of(2.0), means(evaluation), "it is filed in one of the trays after the desk has opened");
    }

    @Test
    void aFailureInARollOutIsAViolationAndNoCrash() {
        Event spill = new Event.Call("spill", List.of(NodeId.of(2)));
        Evaluator<Desk> safetyOnly = new Evaluator<>(
                MACHINE,
                new BoundObjective<>(MACHINE, new Objective(List.of(), Duration.ofSeconds(1))),
                TEN_MILLIS,
                LaterChoices.none(),
                2);
        Evaluation evaluation = evaluate(Snapshots.of(desk(List.of(), Map.of()), tray(2, 0)), spill, safetyOnly);
        assertEquals(List.of(1.0), means(evaluation));
        assertEquals(Optional.of(2), Optional.of(evaluation.rollOuts()));
    }
}
