package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long a request waits for its answer at a steady rate that leaves the nodes mostly idle: two live nodes without steering and
 * two with it take turns, so that a figure is a ratio within one round. The time is taken where the frames leave and enter the node
 * that asks: both nodes' handling but for that of the answer, both ways through the network, and the queues.
 */
final class RequestLatency {
    private static final int BURST = 4;
    private static final String INTERVAL = "1ms";
    /** Until what was asked last is answered. */
    private static final long DRAIN_MILLIS = 100;

    private final Plan plan;
    private final Interruption interruption;
    private final Progress progress;

    RequestLatency(Plan plan, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
    }

    /** @param warmUp rounds that don't count */
    record Plan(int warmUp, int rounds, long turnMillis) {}

    /** Microseconds from request to answer in each of the modes. */
    record Round(Distribution off, Distribution steer) {
        double p99Ratio() {
            return steer.percentile(0.99) / off.percentile(0.99);
        }
    }

    /** Two nodes, of which the first asks. */
    private static final class Asked implements AutoCloseable {
        private final FrameTap tap = new FrameTap();
        private final LivePair pair;

        Asked(SteeringMode mode) {
            pair = new LivePair(
                    mode, Map.of("burst", String.valueOf(BURST), "interval", INTERVAL, "text", Saturation.TEXT), tap);
        }

        @Override
        public void close() {
            pair.close();
        }
    }

    /** The rounds that were played to their end. */
    List<Round> play() throws InterruptedException {
        List<Round> rounds = new ArrayList<>();
        try (Asked off = new Asked(SteeringMode.OFF);
                Asked steer = new Asked(SteeringMode.STEER)) {
            int all = plan.warmUp() + plan.rounds();
            for (int round = 0; round < all && !interruption.isRequested(); round++) {
                progress.update(round, all);
                Round played = new Round(turn(off), turn(steer));
                if (round >= plan.warmUp() && !interruption.isRequested()) {
                    rounds.add(played);
                }
            }
        }
        return rounds;
    }

    private Distribution turn(Asked asked) throws InterruptedException {
        asked.pair.node(LivePair.FIRST).call("playSteadily", LivePair.SECOND).join();
        interruption.await(plan.turnMillis(), TimeUnit.MILLISECONDS);
        asked.pair.pause();
        interruption.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        return Distribution.of(asked.tap.takeMicros());
    }

    /** NaN without rounds. */
    static double medianP99Ratio(List<Round> rounds) {
        return Distribution.of(rounds.stream().map(Round::p99Ratio).toList()).percentile(0.5);
    }

    static Map<String, Object> results(List<Round> rounds) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(
                Saturation.OFF,
                rounds.stream().map(round -> figures(round.off())).toList());
        results.put(
                Saturation.STEER,
                rounds.stream().map(round -> figures(round.steer())).toList());
        return results;
    }

    private static Map<String, Object> figures(Distribution micros) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("requests", micros.count());
        figures.put("p50Micros", micros.percentile(0.5));
        figures.put("p99Micros", micros.percentile(0.99));
        figures.put("maxMicros", micros.max());
        return figures;
    }
}
