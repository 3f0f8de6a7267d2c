package dev.foresail.predictor.lookahead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Channel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A node's channels, a roll-out's copy of them, and a trial's copy of that. */
class LayeredChannelsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final Channel first = new Channel();
    private final LayeredChannels original = new LayeredChannels(new TreeMap<>(Map.of(TWO, first)));

    @Test
    void whatACopyOfACopyChangesNobodyBelowSees() {
        LayeredChannels rolled = new LayeredChannels(original);
        rolled.toChange(TWO).received(5);
        LayeredChannels trial = new LayeredChannels(rolled);
        assertEquals(5, trial.get(TWO).received());
        trial.toChange(TWO).received(6);
        trial.toChange(ONE).received(7);
        assertEquals(
                List.of(0L, 5L, 6L),
                List.of(
                        first.received(),
                        rolled.get(TWO).received(),
                        trial.get(TWO).received()));
        assertNull(rolled.get(ONE));
        assertFalse(rolled.containsKey(ONE));
        assertTrue(trial.containsKey(ONE));
    }

    @Test
    void aChannelIsCopiedOnce() {
        LayeredChannels rolled = new LayeredChannels(original);
        assertSame(first, rolled.get(TWO));
        assertSame(rolled.toChange(TWO), rolled.toChange(TWO));
        assertSame(rolled.toChange(TWO), rolled.get(TWO));
    }

    @Test
    void peersComeInTheOrderOfTheirIds() {
        LayeredChannels rolled = new LayeredChannels(original);
        rolled.toChange(THREE);
        rolled.toChange(ONE);
        assertEquals(List.of(ONE, TWO, THREE), List.copyOf(rolled.keySet()));
        assertEquals(3, rolled.size());
        assertEquals(List.of(TWO), List.copyOf(original.keySet()));
    }
}
