package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.node.CallRate;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Objective.Futures;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A desk decides on a letter while its tray has a timer armed, is asked by its application, and something is on its way to it. */
class FuturesTest {
    private static final DeskMachine MACHINE = new DeskMachine();
    private static final NodeId DESK = NodeId.of(1);
    private static final NodeId TRAY = NodeId.of(2);
    private static final NodeId OTHER = NodeId.of(3);
    private static final Event.Delivery LETTER = new Event.Delivery(NodeId.of(9), new Desk.Letter(1));
    private static final LinkDelays SOME_MILLIS = (from, to, random) -> 1_000_000 + random.nextLong(4_000_000);
    private static final List<String> METRICS = List.of("filedHere", "unevenness");

    private static Checkpoint<Desk> checkpoint(
            NodeId node, Desk state, SortedMap<String, Long> timers, NodeId receiver, List<CallRate> calls) {
        Channel channel = new Channel();
        channel.remember(channel.nextSequence(), new Desk.Filed(7));
        Checkpoint<Desk> plain = Snapshots.checkpoint(node, state, List.of(), java.util.Map.of(receiver, channel));
        return new Checkpoint<>(node, 1, state, timers, List.of(), plain.channels(), 0, calls);
    }

    private static Snapshot<Desk> busy() {
        SortedMap<String, Long> timers = new TreeMap<>(java.util.Map.of("tick", 5_000_000L));
        CallRate posts = new CallRate(50, List.of(new Event.Call("post", List.of(DESK, 7L))));
        return Snapshots.of(
                checkpoint(DESK, Desk.withTrays(TRAY, OTHER), new TreeMap<>(), TRAY, List.of()),
                checkpoint(TRAY, Desk.keeping(1), timers, OTHER, List.of(posts)),
                checkpoint(OTHER, Desk.keeping(2), new TreeMap<>(), DESK, List.of()));
    }

    private static RollOuts<Desk> rollOuts(String metric, Futures futures) {
        Objective objective = Objective.minimize(metric, Duration.ofSeconds(1)).with(futures);
        return new RollOuts<>(MACHINE, new BoundObjective<>(MACHINE, objective), SOME_MILLIS, LaterChoices.none());
    }

    private static Alternative first(Snapshot<Desk> snapshot) {
        return MACHINE.alternatives(snapshot.own().state(), LETTER, new GuardNode(DESK))
                .get(0);
    }

    private static RollOut played(String metric, Futures futures, int round) {
        Snapshot<Desk> snapshot = busy();
        return rollOuts(metric, futures).play(snapshot, LETTER, first(snapshot), 5, round);
    }

    @Test
    void onlyWhatFollowsFromTheChoiceHappens() {
        RollOut consequences = played("unevenness", Futures.CONSEQUENCES, 0);
        assertEquals(2, consequences.events(), "the letter, and its coming to the tray");
        assertEquals(2 * 2 + 2 * 2, consequences.row()[1], "nothing else that was on its way is kept");
        assertEquals(
                1, played("filedHere", Futures.CONSEQUENCES, 0).row()[1], "no timer and no application files anything");
    }

    /** By the ledger rule what is handed over counts until it is received: that must not be said of what is passed over. */
    @Test
    void whatIsAheadOnTheSameWayStaysInFlight() {
        double[] most = new double[3];
        for (int ahead = 0; ahead < most.length; ahead++) {
            Channel channel = new Channel();
            channel.exported(new Exported(0, List.of(0), 0));
            for (int letter = 0; letter < ahead; letter++) {
                channel.remember(channel.nextSequence(), new Desk.Filed(letter));
            }
            Snapshot<Desk> snapshot = Snapshots.of(
                    Snapshots.checkpoint(DESK, Desk.withTrays(TRAY), List.of(), java.util.Map.of(TRAY, channel)),
                    Snapshots.checkpoint(TRAY, Desk.keeping(0), List.of(), java.util.Map.of()));
            Objective objective = new Objective(
                            List.of(Objective.Formula.parse(Objective.Wanted.MINIMIZE, "max(work)")),
                            Duration.ofSeconds(1))
                    .with(Futures.CONSEQUENCES);
            RollOuts<Desk> rollOuts =
                    new RollOuts<>(MACHINE, new BoundObjective<>(MACHINE, objective), SOME_MILLIS, LaterChoices.none());
            most[ahead] = rollOuts.play(snapshot, LETTER, first(snapshot), 5, 0).row()[1];
        }
        assertEquals(1, most[0]);
        assertTrue(
                most[1] >= 2 && most[2] == most[1] + 1,
                () -> "what is ahead counts: " + java.util.Arrays.toString(most));
    }

    @Test
    void wholeFuturesHaveEverything() {
        Checkpoint<Desk> desk = checkpoint(DESK, Desk.withTrays(TRAY, OTHER), new TreeMap<>(), TRAY, List.of());
        SortedMap<String, Long> timers = new TreeMap<>(java.util.Map.of("tick", 5_000_000L));
        Snapshot<Desk> uncalled = Snapshots.of(
                desk,
                checkpoint(TRAY, Desk.keeping(1), timers, OTHER, List.of()),
                checkpoint(OTHER, Desk.keeping(2), new TreeMap<>(), DESK, List.of()));
        RollOut filed = rollOuts("filedHere", Futures.WHOLE).play(uncalled, LETTER, first(uncalled), 5, 0);
        assertEquals(2, filed.row()[1], "the letter, and what the timer files");
        assertEquals(6, filed.events(), "the letter and its coming, the timer, and three that were on their way");
        RollOut kept = rollOuts("unevenness", Futures.WHOLE).play(uncalled, LETTER, first(uncalled), 5, 0);
        assertEquals(
                1 + 3 * 3 + 3 * 3, kept.row()[1], "one at the desk, two more at the tray, one more at the other one");
        assertTrue(played("filedHere", Futures.WHOLE, 0).events() > 30, "applications go on asking");
    }

    /** What follows may set timers, and answer, and all of it is played. */
    @Test
    void timersThatAreSetOnTheWayGoOff() {
        Snapshot<Desk> snapshot = busy();
        Event.Call wind = new Event.Call("wind", List.of(10L));
        Alternative only = MACHINE.alternatives(snapshot.own().state(), wind, new GuardNode(DESK))
                .get(0);
        RollOut rollOut = rollOuts("filedHere", Futures.CONSEQUENCES).play(snapshot, wind, only, 5, 0);
        assertEquals(2, rollOut.events());
        assertEquals(1, rollOut.row()[1]);
    }

    /** Roll-outs that share what they begin with come to what those come to that share nothing, in whatever order. */
    @Test
    void sharingWhatTheyBeginWithChangesNothing() {
        Snapshot<Desk> snapshot = busy();
        for (String metric : METRICS) {
            for (Futures futures : Futures.values()) {
                RollOuts<Desk> rollOuts = rollOuts(metric, futures);
                StartingPoint<Desk> shared = rollOuts.startingAt(snapshot);
                for (int round = 0; round < 20; round++) {
                    assertArrayEquals(
                            rollOuts.play(busy(), LETTER, first(snapshot), 5, round)
                                    .row(),
                            rollOuts.play(shared, LETTER, first(snapshot), 5, round)
                                    .row());
                }
            }
        }
        assertEquals(
                busy().neighbours().get(TRAY).channels(),
                snapshot.neighbours().get(TRAY).channels());
        assertEquals(1, snapshot.neighbours().get(TRAY).state().kept().size(), "checkpoints stay as they are");
    }
}
