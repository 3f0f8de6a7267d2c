package dev.foresail.predictor.node;

import dev.foresail.choice.machine.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures how often the application asks a node for what: a count of each call in which those of long ago weigh less and less, over the time in which
 * it came together. What has hardly come says nothing of what will come: only a call that came several times lately has a rate, so what is
 * asked once, such as to join, is not expected again. Not thread-safe.
 */
final class MeasuredCalls {
    /** After so long a call weighs 1/e of a new one. */
    private static final double MEMORY_NANOS = 5e9;

    /** The least weight of all calls of a name that makes a rate. */
    private static final double LEAST_WEIGHT = 3;

    private static final double NANOS_PER_SECOND = 1e9;

    /** Calls that come together just after the start would else have a rate as if they came so densely for ever. */
    private static final long LEAST_ELAPSED_NANOS = 1_000_000_000L;

    private final long sinceNanos;
    private final SortedMap<String, Count> counts = new TreeMap<>();

    /** @param nowNanos when measuring begins */
    MeasuredCalls(long nowNanos) {
        this.sinceNanos = nowNanos;
    }

    /** The calls of one name. */
    private static final class Count {
        private final Deque<Event.Call> recent = new ArrayDeque<>();
        private double weight;
        private long lastNanos;

        double weight(long nowNanos) {
            return weight * StrictMath.exp(-Math.max(0, nowNanos - lastNanos) / MEMORY_NANOS);
        }

        void add(Event.Call call, long nowNanos) {
            weight = weight(nowNanos) + 1;
            lastNanos = nowNanos;
            recent.addLast(call);
            if (recent.size() > CallRate.MOST_RECENT) {
                recent.removeFirst();
            }
        }
    }

    void called(Event.Call call, long nowNanos) {
        counts.computeIfAbsent(call.name(), added -> new Count()).add(call, nowNanos);
    }

    /** The rates of all calls that have one, by their names. */
    List<CallRate> rates(long nowNanos) {
        if (counts.isEmpty()) {
            return List.of();
        }
        double elapsedNanos = Math.max(LEAST_ELAPSED_NANOS, nowNanos - sinceNanos);
        double spanNanos = MEMORY_NANOS * (1 - StrictMath.exp(-elapsedNanos / MEMORY_NANOS));
        List<CallRate> rates = new ArrayList<>();
        for (Count count : counts.values()) {
            double weight = count.weight(nowNanos);
            if (weight >= LEAST_WEIGHT) {
                rates.add(new CallRate(weight / spanNanos * NANOS_PER_SECOND, List.copyOf(count.recent)));
            }
        }
        return Collections.unmodifiableList(rates);
    }
}
