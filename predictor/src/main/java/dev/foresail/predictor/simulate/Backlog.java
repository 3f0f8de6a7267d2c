package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.simulate.queue.EventQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is due at a node that is paused, or that takes time for what it handles: it waits in order, urgent messages first, and happens one after the other. What
 * takes time happens as a whole when its time is over, so that whatever it sends leaves then, and a crash meanwhile makes it undone.
 * Not thread-safe.
 */
final class Backlog<S> {
    /** The latest event counts for so much less than what was usual. */
    private static final double USUAL_WEIGHT = 8;

    private final Simulation<S> simulation;
    private final SimulatedNode<S> node;
    private final Deque<Due> waiting = new ArrayDeque<>();
    private @Nullable Served inService;
    /** What waited happens now. */
    private boolean isWorking;

    private boolean paused;
    private long pausedUntilNanos;
    private long pausedSinceNanos;
    /** How long the pauses took that are over. */
    private long pausedNanos;

    private long serviceNanos;
    private long slowNanos;
    private long slowUntilNanos;

    private boolean hasServed;
    private double usualNanos;
    private int longest;
    private long longestNanos;

    private record Due(Runnable happening, long sinceNanos) {}

    Backlog(Simulation<S> simulation, SimulatedNode<S> node) {
        this.simulation = simulation;
        this.node = node;
    }

    /** Something that the node is busy with; it happens when this runs, unless the node has ended. */
    private final class Served implements Runnable {
        final Runnable happening;
        private boolean isDue;

        Served(Runnable happening) {
            this.happening = happening;
        }

        @Override
        public void run() {
            isDue = true;
            if (inService == this && !paused) {
                finish();
            }
        }

        void finish() {
            inService = null;
            work(happening);
        }
    }

    /** Whether what is due waits, as the node is paused or busy; else it is to happen at once. */
    boolean takes(Runnable happening) {
        if (happening instanceof Backlog<?>.Served) {
            return false;
        }
        if (!paused && inService == null && waiting.isEmpty() && timeOfNext() == 0) {
            return false;
        }
        add(new Due(happening, simulation.nowNanos()));
        work(() -> {});
        longest = Math.max(longest, waiting.size());
        return true;
    }

    /** Behind all that waits; an urgent message before what is not urgent, unless it would overtake what has come earlier over its connection. */
    private void add(Due added) {
        Machine<S> machine = simulation.settings().machine();
        if (!machine.hasUrgentMessages()
                || !(added.happening instanceof Arrival<?> arrival)
                || !arrival.isUrgent(machine)) {
            waiting.addLast(added);
            return;
        }
        List<Due> all = new ArrayList<>(waiting);
        int place = 0;
        while (place < all.size() && isUrgent(all.get(place), machine)) {
            place++;
        }
        boolean overtakes = all.stream()
                .skip(place)
                .anyMatch(due -> due.happening instanceof Arrival<?> earlier && arrival.isBehind(earlier));
        all.add(overtakes ? all.size() : place, added);
        waiting.clear();
        waiting.addAll(all);
    }

    private static boolean isUrgent(Due due, Machine<?> machine) {
        return due.happening instanceof Arrival<?> arrival && arrival.isUrgent(machine);
    }

    /** Lets something happen, and then what waits, as long as nothing takes time. */
    private void work(Runnable first) {
        if (isWorking) {
            return;
        }
        isWorking = true;
        try {
            first.run();
            while (!paused && inService == null && !waiting.isEmpty()) {
                next(waiting.removeFirst());
            }
        } finally {
            isWorking = false;
        }
    }

    private void next(Due due) {
        if (due.happening instanceof SimulatedAlarm alarm && alarm.isCancelled()) {
            return;
        }
        long takesNanos = timeOfNext();
        longestNanos = Math.max(longestNanos, simulation.nowNanos() - due.sinceNanos);
        if (takesNanos == 0) {
            due.happening.run();
            return;
        }
        usualNanos += hasServed ? (takesNanos - usualNanos) / USUAL_WEIGHT : takesNanos;
        hasServed = true;
        inService = new Served(due.happening);
        simulation.schedule(node, Simulation.later(simulation.nowNanos(), takesNanos), inService);
    }

    private long timeOfNext() {
        return simulation.nowNanos() < slowUntilNanos ? Math.max(serviceNanos, slowNanos) : serviceNanos;
    }

    void serviceTime(long nanos) {
        serviceNanos = nanos;
    }

    void slow(long nanos, long untilNanos) {
        slowNanos = nanos;
        slowUntilNanos = Math.min(untilNanos, EventQueue.LATEST_NANOS);
    }

    /** From now until {@code untilNanos} the node handles nothing; what it is busy with happens afterwards at the earliest. */
    void pause(long untilNanos) {
        pausedUntilNanos = paused ? Math.max(pausedUntilNanos, untilNanos) : untilNanos;
        pausedSinceNanos = paused ? pausedSinceNanos : simulation.nowNanos();
        paused = true;
        long pausedBy = node.incarnation();
        simulation.scheduleOutside(node, untilNanos, () -> {
            if (paused && node.incarnation() == pausedBy && simulation.nowNanos() >= pausedUntilNanos) {
                wake();
            }
        });
    }

    private void wake() {
        pausedNanos = pausedNanos();
        paused = false;
        node.woke();
        Served served = inService;
        if (served != null && served.isDue) {
            served.finish();
        } else {
            work(() -> {});
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** How long the node has been paused so far, all in all. */
    long pausedNanos() {
        return pausedNanos + (paused ? simulation.nowNanos() - pausedSinceNanos : 0);
    }

    /** The node has ended: what waited, and what it was busy with, never happens. */
    void clear() {
        paused = false;
        inService = null;
        waiting.clear();
    }

    /** Whether something has taken time here. */
    boolean hasServed() {
        return hasServed;
    }

    /** What the latest events have taken, smoothed, in nanoseconds: what the node itself can see of its slowness. */
    long usualNanos() {
        return timeOfNext() == 0 ? 0 : (long) usualNanos;
    }

    /** How much has waited at once at most. */
    int longest() {
        return longest;
    }

    /** How long something has waited at most until it was its turn, in nanoseconds. */
    long longestNanos() {
        return longestNanos;
    }
}
