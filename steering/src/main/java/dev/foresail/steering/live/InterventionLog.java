package dev.foresail.steering.live;

import dev.foresail.steering.control.Intervention;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest interventions of a node, which are rare. Thread-safe. */
final class InterventionLog {
    static final int CAPACITY = 1000;

    private final Deque<Intervention> latest = new ArrayDeque<>();

    synchronized void add(Intervention intervention) {
        if (latest.size() == CAPACITY) {
            latest.removeFirst();
        }
        latest.addLast(intervention);
    }

    /** Oldest first. */
    synchronized List<Intervention> latest() {
        return List.copyOf(latest);
    }
}
