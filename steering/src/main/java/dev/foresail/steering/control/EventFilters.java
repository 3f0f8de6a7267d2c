package dev.foresail.steering.control;

import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.foresight.Danger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The event filters of a node: at most so many, the one that expires first making room. Not thread-safe. */
final class EventFilters {
    private final int most;
    private final List<EventFilter> filters = new ArrayList<>();
    private long installed;

    EventFilters(int most) {
        this.most = most;
    }

    /** @return the filter when it was not in place before */
    Optional<EventFilter> install(Danger danger, long nowNanos, long untilNanos) {
        expire(nowNanos);
        Optional<EventFilter> there =
                filters.stream().filter(each -> each.isFor(danger)).findFirst();
        if (there.isPresent()) {
            there.get().renew(danger, untilNanos);
            return Optional.empty();
        }
        if (filters.size() == most) {
            filters.remove(filters.stream()
                    .min(Comparator.comparingLong(EventFilter::expiresNanos))
                    .orElseThrow());
        }
        EventFilter filter = new EventFilter(++installed, danger, nowNanos, untilNanos);
        filters.add(filter);
        return Optional.of(filter);
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    /** Those that look at such an event. */
    List<EventFilter> lookingAt(Event event, long nowNanos) {
        expire(nowNanos);
        return filters.stream().filter(each -> each.looksAt(event)).toList();
    }

    /** All that are in place, in the order of their numbers. */
    List<EventFilter> all(long nowNanos) {
        expire(nowNanos);
        return List.copyOf(filters);
    }

    private void expire(long nowNanos) {
        filters.removeIf(each -> each.expiresNanos() - nowNanos <= 0);
    }
}
