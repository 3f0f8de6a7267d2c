package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Exported;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final NodeId CLERK = NodeId.of(90);

    private static Channel tray(int work) {
        Channel channel = new Channel();
        channel.exported(new Exported(0, List.of(work), 0));
        return channel;
    }

    private static long desk(long first, Channel left, long second, Channel right) {
        return desk(first, left, second, right, new Event.Delivery(CLERK, new Desk.Letter(1)));
    }

    private static long desk(long first, Channel left, long second, Channel right, Event event) {
        DeskMachine machine = new DeskMachine();
        Desk desk = Desk.withTrays(NodeId.of(first), NodeId.of(second));
        Map<NodeId, Channel> channels = new TreeMap<>(Map.of(NodeId.of(first), left, NodeId.of(second), right));
        List<Alternative> alternatives = machine.alternatives(desk, event, new GuardNode(NodeId.of(1)));
        Features<Desk> features = new Features<>(machine);
        long own = features.own(desk, channels, 0);
        return features.fingerprint("desk.file.tray", NodeId.of(1), own, desk, channels, event, alternatives);
    }

    @Test
    void situationsThatDifferOnlyInNamesAreTheSame() {
        assertEquals(desk(2, tray(3), 4, tray(5)), desk(7, tray(3), 8, tray(5)));
        assertNotEquals(desk(2, tray(3), 4, tray(5)), desk(2, tray(5), 4, tray(3)), "the order of values counts");
        assertEquals(
                desk(2, tray(3), 4, tray(5)),
                desk(2, tray(3), 4, tray(5), new Event.Delivery(CLERK, new Desk.Letter(99))),
                "what the aggregates do not show is not seen");
    }

    @Test
    void takingADecisionChangesThem() {
        Channel left = tray(3);
        long before = desk(2, left, 4, tray(5));
        left.remember(left.nextSequence(), new Desk.Filed(1));
        long after = desk(2, left, 4, tray(5));
        assertNotEquals(before, after);
        assertEquals(desk(2, tray(4), 4, tray(5)), after, "as if the tray had said so");
    }

    @Test
    void takingADecisionChangesThemAlsoWhenTheTrayHasSaidNothing() {
        Channel silent = new Channel();
        long before = desk(2, silent, 4, tray(5));
        silent.remember(silent.nextSequence(), new Desk.Filed(1));
        assertNotEquals(before, desk(2, silent, 4, tray(5)));
    }

    @Test
    void whatTheNodeItselfHasBecomeCounts() {
        DeskMachine machine = new DeskMachine();
        Features<Desk> features = new Features<>(machine);
        Map<NodeId, Channel> channels = Map.of(NodeId.of(2), tray(3));
        Desk desk = Desk.withTrays(NodeId.of(2));
        long before = features.own(desk, channels, 0);
        assertEquals(before, features.own(Desk.withTrays(NodeId.of(7)), Map.of(NodeId.of(7), tray(3)), 0), "not names");
        Event filed = new Event.Delivery(CLERK, new Desk.Filed(1));
        GuardNode node = new GuardNode(NodeId.of(1));
        machine.run(desk, filed, machine.alternatives(desk, filed, node).get(0), node);
        assertNotEquals(before, features.own(desk, channels, 0), "it keeps a letter of its own now");
    }

    @Test
    void withoutAggregatesTheWholeStateAndTheEventCount() {
        ChatterMachine machine = new ChatterMachine();
        Chatter one = machine.create(List.of());
        Chatter same = machine.create(List.of());
        Chatter other = machine.create(List.of());
        Event.ConnectionError lost = new Event.ConnectionError(CLERK);
        machine.run(
                other,
                lost,
                machine.alternatives(other, lost, new GuardNode(CLERK)).get(0),
                new GuardNode(CLERK));
        long features = chatter(machine, one, 1);
        assertEquals(features, chatter(machine, same, 1));
        assertNotEquals(features, chatter(machine, other, 1), "another state");
        assertNotEquals(features, chatter(machine, one, 2), "another event");
    }

    private static long chatter(Machine<Chatter> machine, Chatter state, long word) {
        Event event = new Event.Delivery(CLERK, new Chatter.Word(word));
        List<Alternative> alternatives = machine.alternatives(state, event, new GuardNode(NodeId.of(1)));
        return new Features<>(machine)
                .fingerprint("chatter.hear", NodeId.of(1), 0, state, Map.of(), event, alternatives);
    }
}
