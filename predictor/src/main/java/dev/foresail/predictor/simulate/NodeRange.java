package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import java.util.AbstractList;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Ids that follow each other, made when they are looked at: a million of them need no memory. Immutable. */
public final class NodeRange extends AbstractList<NodeId> implements RandomAccess {
    private final long first;
    private final int size;

    private NodeRange(long first, int size) {
        this.first = first;
        this.size = size;
    }

    /**
     * The ids from {@code first} on.
     *
     * @param size how many, at least 0
     */
    public static List<NodeId> of(long first, int size) {
        if (first < 0 || size < 0) {
            throw new IllegalArgumentException("ids and their number are at least 0, not " + first + " and " + size);
        }
        return new NodeRange(first, size);
    }

    @Override
    public NodeId get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return NodeId.of(first + index);
    }

    @Override
    public int size() {
        return size;
    }

    /** The same ids as a set. */
    static SortedSet<NodeId> asSet(long first, int size) {
        return new AsSet(first, first + size);
    }

    private static final class AsSet extends AbstractSet<NodeId> implements SortedSet<NodeId> {
        private final long from;
        private final long to;

        /** @param to one behind the last */
        AsSet(long from, long to) {
            this.from = from;
            this.to = Math.max(from, to);
        }

        @Override
        public Iterator<NodeId> iterator() {
            return new Iterator<>() {
                private long next = from;

                @Override
                public boolean hasNext() {
                    return next < to;
                }

                @Override
                public NodeId next() {
                    if (next >= to) {
                        throw new NoSuchElementException();
                    }
                    return NodeId.of(next++);
                }
            };
        }

        @Override
        public int size() {
            return (int) (to - from);
        }

        @Override
        public boolean contains(Object other) {
            return other instanceof NodeId id && id.value() >= from && id.value() < to;
        }

        @Override
        public @Nullable Comparator<? super NodeId> comparator() {
            return null;
        }

        @Override
        public SortedSet<NodeId> subSet(NodeId fromId, NodeId toId) {
            return tailSet(fromId).headSet(toId);
        }

        @Override
        public SortedSet<NodeId> headSet(NodeId toId) {
            return new AsSet(from, Math.min(to, toId.value()));
        }

        @Override
        public SortedSet<NodeId> tailSet(NodeId fromId) {
            return new AsSet(Math.max(from, fromId.value()), to);
        }

        @Override
        public NodeId first() {
            return at(from);
        }

        @Override
        public NodeId last() {
            return at(to - 1);
        }

        private NodeId at(long id) {
            if (from == to) {
                throw new NoSuchElementException();
            }
            return NodeId.of(id);
        }
    }
}
