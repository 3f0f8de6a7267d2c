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
    /** What the last look ahead has found necessary, expired since or not. */
    private final List<EventFilter> latest = new ArrayList<>();

    private long installed;

    EventFilters(int most) {
        this.most = most;
    }

    /** Another look ahead has ended, and what it finds necessary will be installed. */
    void lookedAhead() {
        latest.clear();
    }

    /** Whether the last look ahead has found any necessary. */
    boolean hasLatest() {
        return !latest.isEmpty();
    }

    /**
     * What the last look ahead has found necessary still is.
     *
     * @return false, and nothing is renewed, when some of it has expired: only another look can put it in place
     */
    boolean renewLatest(long nowNanos, long untilNanos) {
        if (latest.stream().anyMatch(each -> hasExpired(each, nowNanos))) {
            return false;
        }
        latest.forEach(each -> each.renew(each.danger(), untilNanos));
        return true;
    }

    /** @return the filter when it was not in place before */
    Optional<EventFilter> install(Danger danger, long nowNanos, long untilNanos) {
        expire(nowNanos);
        Optional<EventFilter> there =
                filters.stream().filter(each -> each.isFor(danger)).findFirst();
        if (there.isPresent()) {
            there.get().renew(danger, untilNanos);
            if (!latest.contains(there.get())) {
                latest.add(there.get());
            }
            return Optional.empty();
        }
        if (filters.size() == most) {
            EventFilter first = filters.stream()
                    .min(Comparator.comparingLong(EventFilter::expiresNanos))
                    .orElseThrow();
            filters.remove(first);
            latest.remove(first);
        }
        EventFilter filter = new EventFilter(++installed, danger, nowNanos, untilNanos);
        filters.add(filter);
        latest.add(filter);
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
        filters.removeIf(each -> hasExpired(each, nowNanos));
    }

    private static boolean hasExpired(EventFilter filter, long nowNanos) {
        return filter.expiresNanos() - nowNanos <= 0;
    }
}
