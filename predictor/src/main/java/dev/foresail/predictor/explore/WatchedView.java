package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What properties see of a world; notes whose states they read. Serves one world after the other; not thread-safe. */
final class WatchedView implements SystemView<Object> {
    private final List<NodeId> ids;
    private final Map<NodeId, Integer> slots = new HashMap<>();
    private final boolean complete;
    private final Map<Long, SortedSet<NodeId>> nodesByUp = new HashMap<>();
    private LocalState[] locals = new LocalState[0];
    private long up;
    private long read;

    WatchedView(List<NodeId> ids, boolean complete) {
        this.ids = ids;
        this.complete = complete;
        for (NodeId id : ids) {
            slots.put(id, slots.size());
        }
    }

    /** From now on it is the view of that world, of which nothing was read. */
    WatchedView of(LocalState[] world) {
        locals = world;
        read = 0;
        up = 0;
        for (int slot = 0; slot < world.length; slot++) {
            up |= world[slot].up ? 1L << slot : 0;
        }
        return this;
    }

    /** A bit per slot whose state was read. */
    long read() {
        return read;
    }

    @Override
    public SortedSet<NodeId> nodes() {
        return nodesByUp.computeIfAbsent(up, this::nodes);
    }

    private SortedSet<NodeId> nodes(long bits) {
        SortedSet<NodeId> nodes = new TreeSet<>();
        for (int slot = 0; slot < ids.size(); slot++) {
            if ((bits >>> slot & 1) != 0) {
                nodes.add(ids.get(slot));
            }
        }
        return Collections.unmodifiableSortedSet(nodes);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean isKnown(NodeId node) {
        Integer slot = slots.get(node);
        return slot != null && locals[slot].up;
    }

    @Override
    public Object state(NodeId node) {
        Integer slot = slots.get(node);
        if (slot == null || !locals[slot].up) {
            throw new UnknownNodeException(node + " is not known");
        }
        read |= 1L << slot;
        return locals[slot].state;
    }

    @Override
    public long ageNanos(NodeId node) {
        if (!isKnown(node)) {
            throw new UnknownNodeException(node + " is not known");
        }
        return 0;
    }
}
