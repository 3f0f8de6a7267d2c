package dev.foresail.predictor.node;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The armed timers of a node. Not thread-safe. */
final class Timers {
    private final Host host;
    private final Consumer<String> fired;
    private final SortedMap<String, Armed> armed = new TreeMap<>();

    Timers(Host host, Consumer<String> fired) {
        this.host = host;
        this.fired = fired;
    }

    private record Armed(long dueNanos, Host.Alarm alarm) {}

    void set(String name, long delayNanos) {
        cancel(name);
        Host.Alarm alarm = host.schedule(delayNanos, () -> {
            armed.remove(name);
            fired.accept(name);
        });
        armed.put(name, new Armed(host.nowNanos() + delayNanos, alarm));
    }

    void cancel(String name) {
        Armed timer = armed.remove(name);
        if (timer != null) {
            timer.alarm().cancel();
        }
    }

    void cancelAll() {
        armed.values().forEach(timer -> timer.alarm().cancel());
        armed.clear();
    }

    Set<String> armed() {
        return armed.keySet();
    }

    /** The nanoseconds left of each armed timer, at least 0. */
    SortedMap<String, Long> remaining() {
        SortedMap<String, Long> remaining = new TreeMap<>();
        armed.forEach((name, timer) -> remaining.put(name, Math.max(0, timer.dueNanos() - host.nowNanos())));
        return remaining;
    }
}
