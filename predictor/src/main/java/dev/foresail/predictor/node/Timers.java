package dev.foresail.predictor.node;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The armed timers of a node: a chain, as most nodes have one or two. Not thread-safe. */
final class Timers {
    private final Host host;
    private final Consumer<String> fired;
    private final Set<String> names = new Names();
    private @Nullable Armed first;

    Timers(Host host, Consumer<String> fired) {
        this.host = host;
        this.fired = fired;
    }

    private final class Armed implements Runnable, Described {
        final String name;
        final long delayNanos;
        final long dueNanos;
        Host.Alarm alarm;

        @Nullable
        Armed next;

        Armed(String name, long delayNanos) {
            this.name = name;
            this.delayNanos = delayNanos;
            this.dueNanos = host.nowNanos() + delayNanos;
            this.alarm = host.schedule(delayNanos, this);
        }

        @Override
        public void run() {
            remove(name);
            fired.accept(name);
        }

        @Override
        public String description() {
            return "timer " + name;
        }
    }

    void set(String name, long delayNanos) {
        cancel(name);
        Armed added = new Armed(name, delayNanos);
        added.next = first;
        first = added;
    }

    void cancel(String name) {
        Armed timer = remove(name);
        if (timer != null) {
            timer.alarm.cancel();
        }
    }

    private @Nullable Armed remove(String name) {
        Armed before = null;
        for (Armed timer = first; timer != null; timer = timer.next) {
            if (timer.name.equals(name)) {
                if (before == null) {
                    first = timer.next;
                } else {
                    before.next = timer.next;
                }
                return timer;
            }
            before = timer;
        }
        return null;
    }

    void cancelAll() {
        for (Armed timer = first; timer != null; timer = timer.next) {
            timer.alarm.cancel();
        }
        first = null;
    }

    /** The host's clock has been set: each is to fire when it reads what the timer was armed for. */
    void clockChanged() {
        long now = host.nowNanos();
        for (Armed timer = first; timer != null; timer = timer.next) {
            timer.alarm.cancel();
            timer.alarm = host.schedule(Math.max(0, timer.dueNanos - now), timer);
        }
    }

    /** Their names; a live view. */
    Set<String> armed() {
        return names;
    }

    private final class Names extends AbstractSet<String> {
        @Override
        public boolean contains(Object name) {
            for (Armed timer = first; timer != null; timer = timer.next) {
                if (timer.name.equals(name)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int size() {
            int size = 0;
            for (Armed timer = first; timer != null; timer = timer.next) {
                size++;
            }
            return size;
        }

        @Override
        public Iterator<String> iterator() {
            return new Iterator<>() {
                private @Nullable Armed following = first;

                @Override
                public boolean hasNext() {
                    return following != null;
                }

                @Override
                public String next() {
                    Armed timer = following;
                    if (timer == null) {
                        throw new NoSuchElementException();
                    }
                    following = timer.next;
                    return timer.name;
                }
            };
        }
    }

    /** The nanoseconds left of a timer, at least 0; empty when it is not armed. */
    OptionalLong remaining(String name) {
        for (Armed timer = first; timer != null; timer = timer.next) {
            if (timer.name.equals(name)) {
                return OptionalLong.of(Math.max(0, timer.dueNanos - host.nowNanos()));
            }
        }
        return OptionalLong.empty();
    }

    /** Each armed timer as it is now. */
    SortedMap<String, ArmedTimer> described() {
        SortedMap<String, ArmedTimer> described = new TreeMap<>();
        for (Armed timer = first; timer != null; timer = timer.next) {
            described.put(timer.name, new ArmedTimer(timer.delayNanos, Math.max(0, timer.dueNanos - host.nowNanos())));
        }
        return described;
    }

    /** The nanoseconds left of each armed timer, at least 0. */
    SortedMap<String, Long> remaining() {
        SortedMap<String, Long> remaining = new TreeMap<>();
        for (Armed timer = first; timer != null; timer = timer.next) {
            remaining.put(timer.name, Math.max(0, timer.dueNanos - host.nowNanos()));
        }
        return remaining;
    }
}
