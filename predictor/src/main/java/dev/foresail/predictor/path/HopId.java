package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an event on a path, and of the path that begins with it. Deterministic: nothing of it is drawn. Immutable.
 *
 * @param node where the event was handled
 * @param incarnation the start of the node, at least 0, that handled it
 * @param number its place among the events on paths that this start has handled, from 1
 */
public record HopId(NodeId node, long incarnation, long number) implements Comparable<HopId> {
    private static final Pattern TEXT = Pattern.compile("n([0-9]{1,19})\\.([0-9]{1,19})\\.([0-9]{1,19})");
    private static final Comparator<HopId> ORDER = Comparator.comparing(HopId::node)
            .thenComparingLong(HopId::incarnation)
            .thenComparingLong(HopId::number);

    public HopId {
        if (incarnation < 0 || number < 1) {
            throw new IllegalArgumentException("no event is the " + number + "th of incarnation " + incarnation);
        }
    }

    /**
     * Reads the text of every id: another node may have sent any.
     *
     * @throws IllegalArgumentException when it is no text of {@link #toString}
     */
    public static HopId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no event on a path, such as n3.1.7");
        }
        return new HopId(
                NodeId.of(Long.parseLong(matcher.group(1))),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    @Override
    public int compareTo(HopId other) {
        return ORDER.compare(this, other);
    }

    /** Such as {@code n3.1.7}: the 7th event on a path in the first life of node 3. */
    @Override
    public String toString() {
        return node + "." + incarnation + "." + number;
    }
}
