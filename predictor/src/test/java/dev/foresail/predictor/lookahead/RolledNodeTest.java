package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Snapshots;
import dev.foresail.predictor.fixture.Switchboard;
import dev.foresail.predictor.fixture.SwitchboardMachine;
import dev.foresail.predictor.node.Channel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Copies of nodes in roll-outs, on which handlers are tried. */
class RolledNodeTest {
    private static final NodeId PEER = NodeId.of(2);
    private static final SwitchboardMachine MACHINE = new SwitchboardMachine();

    private final RolledNode<Switchboard> original = RolledNode.unchanged(Snapshots.checkpoint(
                    NodeId.of(1), Switchboard.over(List.of(PEER)), List.of(), Map.of(PEER, new Channel())))
            .begin(MACHINE, RandomStream.ofState(1), 0);

    @Test
    void whatACopyReceivesItsOriginalDoesNot() {
        RolledNode<Switchboard> copy = original.copy(MACHINE);
        copy.channel(PEER).received(5);
        copy.channel(NodeId.of(3)).received(6);
        assertEquals(0, original.channel(PEER).received());
        assertEquals(List.of(PEER), List.copyOf(original.channels.keySet()));
        assertEquals(List.of(PEER, NodeId.of(3)), List.copyOf(copy.channels.keySet()));
        assertEquals(6, copy.channels.get(NodeId.of(3)).received());
        assertEquals(5, copy.channel(PEER).received());
    }

    /** What the copy has not changed is still its original's, which therefore stands still until the copy is thrown away. */
    @Test
    void aCopySeesWhatItsOriginalReceivesMeanwhile() {
        RolledNode<Switchboard> copy = original.copy(MACHINE);
        original.channel(PEER).received(5);
        assertEquals(5, copy.channel(PEER).received());
    }
}
