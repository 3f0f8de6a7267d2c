package dev.foresail.predictor.lookahead;

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
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A desk with one tray; its application, and the tray's, go on posting letters while it looks ahead. */
class ExpectedCallsTest {
    private static final DeskMachine MACHINE = new DeskMachine();
    private static final NodeId DESK = NodeId.of(1);
    private static final NodeId TRAY = NodeId.of(2);
    private static final Event.Delivery LETTER = new Event.Delivery(NodeId.of(9), new Desk.Letter(1));
    private static final LinkDelays AT_ONCE = (from, to, random) -> 0;
    private static final Event.Call POST = new Event.Call("post", List.of(DESK, 7L));

    private static Checkpoint<Desk> calledSoOften(NodeId node, Desk state, double perSecond) {
        return new Checkpoint<>(
                node,
                1,
                state,
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                0,
                List.of(new CallRate(perSecond, List.of(POST))));
    }

    private static RollOuts<Desk> rollOuts(Duration horizon) {
        return new RollOuts<>(
                MACHINE,
                new BoundObjective<>(MACHINE, Objective.minimize("filedHere", horizon)),
                AT_ONCE,
                LaterChoices.none());
    }

    /** How many letters are filed in the future of that number; the first one is what the look ahead begins with. */
    private static double filed(RollOuts<Desk> rollOuts, Snapshot<Desk> snapshot, int round) {
        Alternative only = MACHINE.alternatives(snapshot.own().state(), LETTER, new GuardNode(DESK))
                .get(0);
        return rollOuts.play(snapshot, LETTER, only, 5, round).row()[1];
    }

    @Test
    void applicationsGoOnAskingAsOftenAsWasMeasured() {
        Snapshot<Desk> snapshot =
                Snapshots.of(calledSoOften(DESK, Desk.withTrays(TRAY), 2), calledSoOften(TRAY, Desk.keeping(0), 3));
        RollOuts<Desk> rollOuts = rollOuts(Duration.ofSeconds(4));
        double sum = 0;
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            rounds.add(filed(rollOuts, snapshot, round) - 1);
            sum += rounds.get(round);
        }
        assertEquals(20, sum / 200, 1.2, "five in a second for four seconds");
        assertTrue(rounds.stream().distinct().count() > 10, "futures differ");
        assertEquals(rounds.get(3) + 1, filed(rollOuts, snapshot, 3), "the same future again");
    }

    @Test
    void withoutRatesNothingIsAsked() {
        Snapshot<Desk> snapshot = Snapshots.of(
                Snapshots.checkpoint(DESK, Desk.withTrays(TRAY), List.of(), Map.of()),
                Snapshots.checkpoint(TRAY, Desk.keeping(0), List.of(), Map.of()));
        assertEquals(1, filed(rollOuts(Duration.ofSeconds(4)), snapshot, 0));
    }

    /** Whoever says that it is asked for a thousand million things in a second keeps nobody busy for long. */
    @Test
    void aRollOutPlaysNoMoreThanSoManyCalls() {
        Snapshot<Desk> snapshot =
                Snapshots.of(calledSoOften(DESK, Desk.withTrays(TRAY), 1), calledSoOften(TRAY, Desk.keeping(0), 1e9));
        assertEquals(201, filed(rollOuts(Duration.ofSeconds(4)), snapshot, 0));
    }

    @Test
    void callsThatAreGivenTakeThePlaceOfThoseThatWereMeasured() {
        Snapshot<Desk> snapshot =
                Snapshots.of(calledSoOften(DESK, Desk.withTrays(TRAY), 20), calledSoOften(TRAY, Desk.keeping(0), 20));
        RollOuts<Desk> given = rollOuts(Duration.ofSeconds(4))
                .withCalls(List.of(
                        new TimedCall(1_000_000_000L, TRAY, POST),
                        new TimedCall(3_999_999_999L, DESK, POST),
                        new TimedCall(4_000_000_001L, DESK, POST),
                        new TimedCall(1, NodeId.of(77), POST)));
        assertEquals(3, filed(given, snapshot, 0));
    }
}
