package dev.foresail.predictor.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The timing of the next world while it is being made. Not thread-safe. */
final class TimingDraft {
    private final SortedMap<Lane, List<Span>> flights = new TreeMap<>();
    private final SortedMap<Integer, Span> timers = new TreeMap<>();
    private long down;

    /** Begins when at least {@code least} and at most {@code most} have passed since {@code before}. */
    TimingDraft(Timing.Body before, long least, long most) {
        before.flights()
                .forEach((lane, spans) -> flights.put(
                        lane,
                        new ArrayList<>(spans.stream()
                                .map(span -> span.passed(least, most))
                                .toList())));
        before.timers().forEach((timer, span) -> timers.put(timer, span.passed(least, most)));
        this.down = before.down();
    }

    Timing.Body body() {
        return new Timing.Body(flights, timers, down);
    }

    /** A message that is in flight for {@code span} if it need not wait for others. */
    void send(Lane lane, Span span) {
        List<Span> spans = flights.computeIfAbsent(lane, added -> new ArrayList<>());
        if (lane.isInOrder()) {
            Span last = spans.isEmpty() ? span : spans.get(spans.size() - 1);
            spans.add(new Span(Math.max(last.earliest(), span.earliest()), Math.max(last.latest(), span.latest())));
        } else {
            // What keeps no order waits for a node that is down until it is up again.
            insert(spans, (down >>> lane.receiver() & 1) != 0 ? span.withoutLatest() : span);
        }
    }

    /** Equal messages cannot be told apart: only the times of the first, the second, and so on, are known. */
    private static void insert(List<Span> spans, Span added) {
        long[] earliest = new long[spans.size() + 1];
        long[] latest = new long[spans.size() + 1];
        for (int index = 0; index < spans.size(); index++) {
            earliest[index] = spans.get(index).earliest();
            latest[index] = spans.get(index).latest();
        }
        earliest[spans.size()] = added.earliest();
        latest[spans.size()] = added.latest();
        Arrays.sort(earliest);
        Arrays.sort(latest);
        spans.clear();
        for (int index = 0; index < earliest.length; index++) {
            spans.add(new Span(earliest[index], latest[index]));
        }
    }

    /** The first message of the lane is delivered. */
    void deliver(Lane lane) {
        List<Span> spans = Objects.requireNonNull(flights.get(lane));
        spans.remove(0);
        if (spans.isEmpty()) {
            flights.remove(lane);
        }
    }

    /** Some message of the lane is lost; which of several equal ones is not known. */
    void lose(Lane lane) {
        List<Span> spans = Objects.requireNonNull(flights.get(lane));
        for (int index = 0; index < spans.size() - 1; index++) {
            spans.set(
                    index,
                    new Span(spans.get(index).earliest(), spans.get(index + 1).latest()));
        }
        spans.remove(spans.size() - 1);
        if (spans.isEmpty()) {
            flights.remove(lane);
        }
    }

    /** The node has ended, or begun anew: with it goes what was on its connections. */
    void end(int slot) {
        flights.keySet().removeIf(lane -> lane.isInOrder() && (lane.receiver() == slot || lane.from() == slot));
    }

    void cut(int slot, int peer) {
        flights.keySet()
                .removeIf(lane -> lane.isInOrder()
                        && (lane.receiver() == slot && lane.from() == peer
                                || lane.receiver() == peer && lane.from() == slot));
    }

    void isDown(int slot) {
        down |= 1L << slot;
        flights.forEach((lane, spans) -> {
            if (lane.receiver() == slot && !lane.isInOrder()) {
                spans.replaceAll(Span::withoutLatest);
            }
        });
    }

    void isUp(int slot) {
        down &= ~(1L << slot);
    }

    /** Of the node's timers only these are armed, a bit each. */
    void keepArmed(int slot, long armed) {
        int first = Timing.timer(slot, 0);
        timers.subMap(first, first + Long.SIZE).keySet().removeIf(timer -> (armed >>> timer - first & 1) == 0);
    }

    void arm(int slot, int index, Span span) {
        timers.put(Timing.timer(slot, index), span);
    }
}
