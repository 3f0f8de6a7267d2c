package dev.foresail.steering.live;

import dev.foresail.steering.control.Intervention;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest interventions of a node, which are rare. Thread-safe. */
final class InterventionLog {
    static final int CAPACITY = 1000;

    private final Deque<PastIntervention> latest = new ArrayDeque<>();
    private final Map<Kind, Long> counts = new HashMap<>();

    private record Kind(String property, boolean steered) {}

    synchronized void add(Intervention intervention) {
        counts.merge(new Kind(intervention.property(), intervention.steered()), 1L, Long::sum);
        if (latest.size() == CAPACITY) {
            latest.removeFirst();
        }
        latest.addLast(PastIntervention.of(intervention));
    }

    /** All there ever were of a kind. */
    synchronized long count(String property, boolean steered) {
        return counts.getOrDefault(new Kind(property, steered), 0L);
    }

    /** All there ever were. */
    synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Oldest first. */
    synchronized List<PastIntervention> latest() {
        return List.copyOf(latest);
    }
}
