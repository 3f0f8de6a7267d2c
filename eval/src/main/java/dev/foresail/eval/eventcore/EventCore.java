package dev.foresail.eval.eventcore;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code foresail eval event-core}: events per second of the simulator's queue with a million pending, in the shape PHOLD, beside a
 * bare wheel and a bare heap of numbers. They take turns, so that what slows the machine down slows down all of them; ratios are of
 * turns that follow each other. Real time: the figures differ from run to run.
 */
public final class EventCore implements Experiment {
    private static final String WHEEL = "bareWheel";
    private static final String HEAP = "bareHeap";
    private static final String QUEUE = "eventQueue";
    private static final String CARRYING = "eventQueueWithObjects";
    private static final double LEAST_SHARE = 65;

    /** How much is done; a round is one turn of each. */
    private record Size(int pending, long eventsPerTurn, int warmUpRounds, int rounds) {
        static final Size FULL = new Size(1_000_000, 4_000_000, 2, 9);
        static final Size QUICK = new Size(1_000_000, 500_000, 2, 3);
    }

    @Override
    public String name() {
        return "event-core";
    }

    @Override
    public String summary() {
        return "speed of the simulator's event queue, beside a bare wheel and a bare heap";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK);
    }

    @Override
    public Report run(Options options) {
        Size size = options.quick() ? Size.QUICK : Size.FULL;
        Map<String, TokenRing> rings = new LinkedHashMap<>();
        rings.put(WHEEL, new BareWheel(size.pending));
        rings.put(QUEUE, new SimulatorQueue(size.pending, null));
        rings.put(CARRYING, new SimulatorQueue(size.pending, "token"));
        rings.put(HEAP, new BareHeap(size.pending));
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        rings.keySet().forEach(name -> speeds.put(name, new ArrayList<>()));
        boolean sameOrder = true;
        try (Progress progress = Progress.onStandardError("passing tokens")) {
            rings.values().forEach(TokenRing::fill);
            int rounds = size.warmUpRounds + size.rounds;
            for (int round = 0; round < rounds && !options.interruption().isRequested(); round++) {
                sameOrder &= isSameOrder(turns(rings, speeds, round >= size.warmUpRounds, size.eventsPerTurn));
                progress.update(round + 1, rounds);
            }
        }
        return new Report(1, bars(speeds, sameOrder), results(speeds, size), List.of(options.command(this)));
    }

    /** One turn of each; returns what they say of the order. */
    private static List<Long> turns(
            Map<String, TokenRing> rings, Map<String, List<Double>> speeds, boolean counts, long events) {
        List<Long> orders = new ArrayList<>();
        rings.forEach((name, ring) -> {
            long startNanos = RealClock.nanos();
            orders.add(ring.run(events));
            double seconds = (RealClock.nanos() - startNanos) / 1e9;
            if (counts) {
                speeds.computeIfAbsent(name, added -> new ArrayList<>()).add(events / seconds);
            }
        });
        return orders;
    }

    private static boolean isSameOrder(List<Long> orders) {
        return new TreeSet<>(orders).size() == 1;
    }

    private static List<Bar> bars(Map<String, List<Double>> speeds, boolean sameOrder) {
        return new Bars()
                .atLeast("event queue, share of the bare wheel", share(speeds, QUEUE), "%", LEAST_SHARE)
                .atLeast("all took the events in order of time", sameOrder ? 1 : 0, "0 or 1", 1)
                .all();
    }

    /** The median share of the bare wheel's speed in the same round, in percent. */
    private static double share(Map<String, List<Double>> speeds, String name) {
        List<Double> own = speeds.getOrDefault(name, List.of());
        List<Double> bare = speeds.getOrDefault(WHEEL, List.of());
        List<Double> shares = new ArrayList<>();
        for (int round = 0; round < own.size(); round++) {
            shares.add(100 * own.get(round) / bare.get(round));
        }
        return Distribution.of(shares).percentile(0.5);
    }

    private static Map<String, Object> results(Map<String, List<Double>> speeds, Size size) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("pending", size.pending);
        results.put("eventsPerTurn", size.eventsPerTurn);
        speeds.forEach((name, figures) -> {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("eventsPerSecond", Distribution.of(figures).summary());
            summary.put("percentOfBareWheel", share(speeds, name));
            results.put(name, summary);
        });
        return results;
    }
}
