package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.Dispatch;
import dev.foresail.predictor.fixture.DispatchMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The desk's aggregate "work" grows by one with every letter that is filed in a tray. */
class LedgerRuleTest {
    private static final NodeId TRAY = NodeId.of(2);
    private static final DeskMachine DESK = new DeskMachine();

    private final Channel channel = new Channel();

    @SuppressWarnings("unchecked")
    private static AggregateDescription<Desk, Integer> work() {
        return (AggregateDescription<Desk, Integer>) DESK.aggregates().get(0);
    }

    private void send(Object message) {
        channel.remember(channel.nextSequence(), message);
    }

    private Optional<Integer> estimate() {
        return LedgerRule.estimate(work(), 0, channel);
    }

    private Object own(Desk desk) {
        return LedgerRule.own(DESK, 0, desk, new TreeMap<>(Map.of(TRAY, channel)), 1_000);
    }

    @Test
    void theEstimateIsTheExportPlusWhatItHasNotSeen() {
        send(new Desk.Filed(1));
        send(new Desk.Filed(2));
        send(new Desk.Letter(3));
        send(new Desk.Filed(4));
        assertEquals(Optional.empty(), estimate(), "nothing was exported yet");
        channel.exported(new Exported(1, List.of(20), 0));
        assertEquals(Optional.of(22), estimate(), "letters 2 and 4; message 3 hands nothing over");
        channel.exported(new Exported(4, List.of(23), 0));
        assertEquals(Optional.of(23), estimate(), "all seen");
        send(new Desk.Filed(5));
        assertEquals(Optional.of(24), estimate());
    }

    @Test
    void anUnknownNeighbourCountsAsTheDefaultPlusWhatItWasHanded() {
        assertEquals(10, LedgerRule.own(DESK, 0, Desk.withTrays(TRAY), Map.of(), 0), "not even a channel");
        send(new Desk.Filed(1));
        assertEquals(11, own(Desk.withTrays(TRAY)));
        assertEquals(0, own(Desk.withTrays()), "a node that is no neighbour does not count");
    }

    @Test
    void foldLeavesUnknownNeighboursOut() {
        DispatchMachine machine = new DispatchMachine();
        Dispatch front = machine.create(List.of(1));
        assertEquals(List.of(0), LedgerRule.all(machine, front, Map.of(), 0));
    }

    @Test
    void aNodeAppliesTheRuleBeforeItExportsItsOwnValue() {
        channel.exported(new Exported(0, List.of(5), 0));
        send(new Desk.Filed(1));
        assertEquals(6, own(Desk.withTrays(TRAY)));
        assertEquals(List.of(6), LedgerRule.all(DESK, Desk.withTrays(TRAY), Map.of(TRAY, channel), 0));
    }
}
