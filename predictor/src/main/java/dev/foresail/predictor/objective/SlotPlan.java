package dev.foresail.predictor.objective;

import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** What roll-outs are asked, and when: each question once for each time, whatever number of goals names it. Filled while goals are compiled. */
final class SlotPlan<S> {
    private final long horizonNanos;
    private final List<Probe<S>> probes = new ArrayList<>();
    private final Map<String, Integer> probeNumbers = new LinkedHashMap<>();
    private final List<Slot> slots = new ArrayList<>();

    /**
     * A question.
     *
     * @param name for messages
     * @param ask NaN when nothing can be said; may throw what the protocol's author throws
     */
    record Probe<S>(String name, ToDoubleFunction<PictureView<S>> ask) {}

    /**
     * Where an answer stands.
     *
     * @param probe the number of the question, or a figure of the candidate's link when negative: -1 - its place among them
     * @param atNanos when it is asked, from the choice on
     */
    record Slot(int probe, long atNanos) {
        boolean isFigure() {
            return probe < 0;
        }

        int figure() {
            return -1 - probe;
        }
    }

    SlotPlan(long horizonNanos) {
        this.horizonNanos = horizonNanos;
    }

    long horizonNanos() {
        return horizonNanos;
    }

    /**
     * The slot of a question.
     *
     * @param key the same for the same question
     */
    int slot(String key, Probe<S> probe, long atNanos) {
        int number = probeNumbers.computeIfAbsent(key, added -> {
            probes.add(probe);
            return probes.size() - 1;
        });
        return slot(new Slot(number, atNanos));
    }

    /** @param figure its place among the figures of links, {@link Vocabulary#linkFigures} */
    int slot(int figure) {
        return slot(new Slot(-1 - figure, 0));
    }

    private int slot(Slot slot) {
        int known = slots.indexOf(slot);
        if (known < 0) {
            slots.add(slot);
            return slots.size() - 1;
        }
        return known;
    }

    List<Probe<S>> probes() {
        return List.copyOf(probes);
    }

    List<Slot> slots() {
        return List.copyOf(slots);
    }

    /** When roll-outs are asked, ascending; the last is the horizon. */
    long[] times() {
        SortedSet<Long> times = new TreeSet<>();
        times.add(horizonNanos);
        slots.stream().filter(slot -> !slot.isFigure()).forEach(slot -> times.add(slot.atNanos()));
        return times.stream().mapToLong(Long::longValue).toArray();
    }
}
