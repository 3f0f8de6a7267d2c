package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The faults of a run, of which those are told later that have to do with some of its nodes. Not thread-safe.
 *
 * <p>What happens between many pairs of nodes at once, as in a partition, is one fault. How much is kept grows with the number of nodes, and of
 * faults of whole nodes and ways, not with how many messages are lost.
 */
final class FaultNotes implements FaultListener {
    /** Of what happens to nodes and ways the latest are told. */
    static final int MOST_FAULTS = 8;

    /** Of what happens to messages the latest are told. */
    static final int MOST_MESSAGES = 6;

    private static final int MOST_NAMES = 6;

    private final LongSupplier nowNanos;
    private final LongSupplier events;
    private final List<Note> notes = new ArrayList<>();
    /** By sender and by receiver. */
    private final Map<NodeId, Deque<MessageNote>> messages = new HashMap<>();

    /** Nodes between which something went wrong, each at its place. */
    private final List<NodeId> nodes = new ArrayList<>();

    private final Map<NodeId, Integer> places = new HashMap<>();
    private long order;

    /**
     * @param nowNanos virtual time
     * @param events how many events nodes have handled
     */
    FaultNotes(LongSupplier nowNanos, LongSupplier events) {
        this.nowNanos = nowNanos;
        this.events = events;
    }

    /** When something was noted. */
    private record Moment(long order, long events, long nanos) {
        Retelling.Fault told(String text) {
            return new Retelling.Fault(events, nanos / 1e9, text);
        }
    }

    /** A line that may be told, with its place in the order. */
    private record Line(Moment moment, String text) {}

    /** Something that may have to do with nodes. */
    private interface Note {
        void addLines(SortedSet<NodeId> told, List<Line> lines);
    }

    private record NodeNote(Moment moment, NodeId node, String what) implements Note {
        @Override
        public void addLines(SortedSet<NodeId> told, List<Line> lines) {
            if (told.contains(node)) {
                lines.add(new Line(moment, node + " " + what));
            }
        }
    }

    private record MessageNote(Moment moment, NodeId from, NodeId to, String what, Object message) {}

    /** What happens between nodes at one time. */
    private final class WayNote implements Note {
        private final Moment moment;
        private final String what;
        /** By node, the places of those to which its way is. */
        private final Map<NodeId, BitSet> to = new HashMap<>();
        /** By node, the places of those from which there is a way to it. */
        private final Map<NodeId, BitSet> from = new HashMap<>();

        WayNote(Moment moment, String what) {
            this.moment = moment;
            this.what = what;
        }

        boolean isSame(Moment other, String otherWhat) {
            return moment.events() == other.events() && moment.nanos() == other.nanos() && what.equals(otherWhat);
        }

        void add(NodeId one, NodeId other) {
            to.computeIfAbsent(one, first -> new BitSet()).set(place(other));
            from.computeIfAbsent(other, first -> new BitSet()).set(place(one));
        }

        @Override
        public void addLines(SortedSet<NodeId> told, List<Line> lines) {
            // What lies between two nodes that are told is told once.
            BitSet said = new BitSet();
            for (NodeId node : told) {
                BitSet there = others(to, node, said);
                BitSet back = others(from, node, said);
                BitSet both = (BitSet) there.clone();
                both.and(back);
                there.andNot(both);
                back.andNot(both);
                addLine(both, "between " + node + " and %s", lines);
                addLine(there, "from " + node + " to %s", lines);
                addLine(back, "from %s to " + node, lines);
                said.set(place(node));
            }
        }

        private static BitSet others(Map<NodeId, BitSet> ways, NodeId node, BitSet said) {
            BitSet others = (BitSet) ways.getOrDefault(node, new BitSet()).clone();
            others.andNot(said);
            return others;
        }

        private void addLine(BitSet others, String way, List<Line> lines) {
            if (!others.isEmpty()) {
                lines.add(new Line(moment, String.format(what, String.format(way, names(others)))));
            }
        }
    }

    private int place(NodeId node) {
        return places.computeIfAbsent(node, first -> {
            nodes.add(first);
            return nodes.size() - 1;
        });
    }

    private String names(BitSet others) {
        String first = others.stream()
                .mapToObj(nodes::get)
                .sorted()
                .limit(MOST_NAMES)
                .map(NodeId::toString)
                .collect(Collectors.joining(", "));
        int more = others.cardinality() - MOST_NAMES;
        return more <= 0 ? first : first + " and " + more + (more == 1 ? " other" : " others");
    }

    private Moment after(long handled) {
        return new Moment(order++, handled, nowNanos.getAsLong());
    }

    @Override
    public void atNode(NodeId node, String what) {
        notes.add(new NodeNote(after(events.getAsLong()), node, what));
    }

    @Override
    public void between(NodeId from, NodeId to, String what) {
        Moment now = after(events.getAsLong());
        boolean isMore =
                !notes.isEmpty() && notes.get(notes.size() - 1) instanceof WayNote before && before.isSame(now, what);
        if (!isMore) {
            notes.add(new WayNote(now, what));
        }
        if (notes.get(notes.size() - 1) instanceof WayNote latest) {
            latest.add(from, to);
        }
    }

    @Override
    public void toMessage(NodeId from, NodeId to, String what, Object message) {
        // What an event sends leaves before the event is counted.
        MessageNote note = new MessageNote(after(events.getAsLong() + 1), from, to, what, message);
        for (NodeId end : from.equals(to) ? List.of(from) : List.of(from, to)) {
            Deque<MessageNote> latest = messages.computeIfAbsent(end, first -> new ArrayDeque<>());
            latest.addLast(note);
            if (latest.size() > MOST_MESSAGES) {
                latest.removeFirst();
            }
        }
    }

    /** The latest that have to do with one of these nodes, in order. */
    List<Retelling.Fault> told(SortedSet<NodeId> met) {
        List<Line> lines = new ArrayList<>();
        notes.forEach(note -> note.addLines(met, lines));
        // By their order, as two messages may be equal, and one is noted at both of its ends.
        SortedMap<Long, MessageNote> chances = new TreeMap<>();
        met.forEach(node -> messages.getOrDefault(node, new ArrayDeque<>())
                .forEach(note -> chances.put(note.moment().order(), note)));
        List<Line> fates = chances.values().stream()
                .map(note -> new Line(
                        note.moment(),
                        note.what() + ": " + note.message() + " from " + note.from() + " to " + note.to()))
                .toList();
        List<Line> latest = new ArrayList<>(lines.subList(Math.max(0, lines.size() - MOST_FAULTS), lines.size()));
        latest.addAll(fates.subList(Math.max(0, fates.size() - MOST_MESSAGES), fates.size()));
        return latest.stream()
                .sorted(Comparator.comparingLong(line -> line.moment().order()))
                .map(line -> line.moment().told(line.text()))
                .toList();
    }
}
