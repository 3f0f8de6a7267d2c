package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Channel;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node's channels in a roll-out, by peer: those that it has not changed are what it was copied of still. So a copy costs nothing until it
 * changes a channel, where nodes have many channels and a handler changes few. Not thread-safe.
 */
final class LayeredChannels extends AbstractMap<NodeId, Channel> {
    private final Map<NodeId, Channel> below;
    private final Map<NodeId, Channel> changed = new HashMap<>();

    /** @param below to be changed by nobody who does not want that to be seen here */
    LayeredChannels(Map<NodeId, Channel> below) {
        this.below = below;
    }

    /** To be changed: a copy of what is below, or a new one. */
    Channel toChange(NodeId peer) {
        Channel own = changed.get(peer);
        if (own == null) {
            Channel original = below.get(peer);
            own = original == null ? new Channel() : original.copy();
            changed.put(peer, own);
        }
        return own;
    }

    @Override
    public @Nullable Channel get(Object peer) {
        Channel own = changed.get(peer);
        return own == null ? below.get(peer) : own;
    }

    @Override
    public boolean containsKey(Object peer) {
        return changed.containsKey(peer) || below.containsKey(peer);
    }

    /** In the order of the peers' ids where those below are; made anew when channels have changed. */
    @Override
    public Set<Entry<NodeId, Channel>> entrySet() {
        if (changed.isEmpty()) {
            return Collections.unmodifiableMap(below).entrySet();
        }
        Map<NodeId, Channel> all = new TreeMap<>(below);
        all.putAll(changed);
        return Collections.unmodifiableMap(all).entrySet();
    }
}
