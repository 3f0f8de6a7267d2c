package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.RealClock;
import dev.foresail.steering.transport.LinkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The throughput of three pairs of ends that play {@link Rally} as fast as they can: live nodes without steering, live nodes
 * with it, and {@link BarePair}. They take turns in one JVM: off, steer, bare, off, steer, bare. What slows the machine down
 * for a while slows down all three, and a figure is a ratio within one round.
 *
 * <p>One JVM rather than one for each, because what the compiler knows is then the same for all: Netty and Kryo meet the
 * handlers of all three, and calls that are monomorphic in a program with one of them are not so here for any. All are warmed
 * up in turn before anything counts, so that nothing is compiled for one that another finds in its way later. The nodes stay up
 * while others play; idle, they wake up a hundred times a second for some microseconds. Between off and steer all code
 * is shared but what steering does.
 */
final class Saturation {
    /** What messages carry: with it a frame has some 160 bytes. */
    static final String TEXT = "foresail".repeat(16);

    private static final int WINDOW = 512;
    /** In so many parts, with the others in between. */
    private static final int WARM_UPS = 4;

    private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(8);
    private static final long LOOK_MILLIS = 20;
    /** So much of a turn passes before anything counts, and after it until all is returned. */
    private static final int SHARE_BEFORE = 5;

    private final Plan plan;
    private final Interruption interruption;
    private final Progress progress;

    Saturation(Plan plan, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
    }

    /**
     * @param warmUpMessages how many messages of each pair don't count
     * @param turnMillis how long each pair plays in a round
     */
    record Plan(long warmUpMessages, int rounds, long turnMillis) {
        /** To be {@link #read} in another JVM. */
        List<String> written() {
            return List.of(String.valueOf(warmUpMessages), String.valueOf(rounds), String.valueOf(turnMillis));
        }

        static Plan read(List<String> written) {
            return new Plan(
                    Long.parseLong(written.get(0)), Integer.parseInt(written.get(1)), Long.parseLong(written.get(2)));
        }
    }

    /** Messages per second of each pair, both ends together, and the processor time of their event loops for one message. */
    record Round(Map<String, Rate> rates) {
        /** To be {@link #read} in another JVM. */
        String written() {
            return rates.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue().perSecond() + " "
                            + each.getValue().cpuNanosPerMessage())
                    .collect(Collectors.joining(" "));
        }

        static Round read(String written) {
            Map<String, Rate> rates = new LinkedHashMap<>();
            try (Scanner words = new Scanner(written).useLocale(Locale.ROOT)) {
                while (words.hasNext()) {
                    rates.put(words.next(), new Rate(words.nextDouble(), words.nextDouble()));
                }
            }
            return new Round(rates);
        }

        double ratio(String of, String to) {
            return rate(of).perSecond() / rate(to).perSecond();
        }

        double timeRatio(String of, String to) {
            return rate(of).cpuNanosPerMessage() / rate(to).cpuNanosPerMessage();
        }

        Rate rate(String name) {
            return rates.getOrDefault(name, Rate.NONE);
        }
    }

    record Rate(double perSecond, double cpuNanosPerMessage) {
        static final Rate NONE = new Rate(Double.NaN, Double.NaN);
    }

    static final String OFF = "off";
    static final String STEER = "steer";
    static final String BARE = "bare";

    /** The rounds that were played to their end. */
    List<Round> play() throws InterruptedException {
        Map<String, String> parameters = Map.of("window", String.valueOf(WINDOW), "text", TEXT);
        List<Round> rounds = new ArrayList<>();
        try (LivePair off = new LivePair(SteeringMode.OFF, parameters, LinkConditions.NONE);
                LivePair steer = new LivePair(SteeringMode.STEER, parameters, LinkConditions.NONE);
                BarePair bare = new BarePair(WINDOW, TEXT)) {
            Map<String, Contestant> contestants = new LinkedHashMap<>();
            contestants.put(OFF, off);
            contestants.put(STEER, steer);
            contestants.put(BARE, bare);
            for (int part = 1; part <= WARM_UPS; part++) {
                for (Contestant contestant : contestants.values()) {
                    warmUp(contestant, plan.warmUpMessages() * part / WARM_UPS);
                }
            }
            for (int round = 0; round < plan.rounds() && !interruption.isRequested(); round++) {
                progress.update(round, plan.rounds());
                Map<String, Rate> rates = new LinkedHashMap<>();
                for (Map.Entry<String, Contestant> contestant : contestants.entrySet()) {
                    rates.put(contestant.getKey(), turn(contestant.getValue()));
                }
                if (!interruption.isRequested()) {
                    rounds.add(new Round(rates));
                }
            }
        }
        return rounds;
    }

    /** Counted in messages, as a machine that is busy takes longer to warm up; but not for ever. */
    private void warmUp(Contestant contestant, long messages) throws InterruptedException {
        long startNanos = RealClock.nanos();
        contestant.begin();
        while (contestant.messages() < messages
                && RealClock.nanos() - startNanos < WARM_UP_PATIENCE.toNanos()
                && !interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            progress.update(0, plan.rounds());
        }
        contestant.pause();
    }

    private Rate turn(Contestant contestant) throws InterruptedException {
        contestant.begin();
        interruption.await(plan.turnMillis() / SHARE_BEFORE, TimeUnit.MILLISECONDS);
        long startNanos = RealClock.nanos();
        long startCpuNanos = EventLoops.cpuNanos();
        long before = contestant.messages();
        interruption.await(plan.turnMillis(), TimeUnit.MILLISECONDS);
        long messages = contestant.messages() - before;
        long cpuNanos = EventLoops.cpuNanos() - startCpuNanos;
        long nanos = RealClock.nanos() - startNanos;
        contestant.pause();
        interruption.await(plan.turnMillis() / SHARE_BEFORE, TimeUnit.MILLISECONDS);
        return new Rate(messages * 1e9 / nanos, (double) cpuNanos / messages);
    }

    /** Medians, and each round's figures. */
    static Map<String, Object> results(List<Round> rounds) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String name : List.of(OFF, STEER, BARE)) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put(
                    "messagesPerSecond",
                    median(rounds.stream()
                            .map(round -> round.rate(name).perSecond())
                            .toList()));
            figures.put(
                    "loopNanosPerMessage",
                    median(rounds.stream()
                            .map(round -> round.rate(name).cpuNanosPerMessage())
                            .toList()));
            figures.put(
                    "messagesPerSecondByRound",
                    rounds.stream()
                            .map(round -> Math.rint(round.rate(name).perSecond()))
                            .toList());
            results.put(name, figures);
        }
        results.put("steerToOffLoopTime", medianTimeRatio(rounds, STEER, OFF));
        results.put("bareToOffLoopTime", medianTimeRatio(rounds, BARE, OFF));
        return results;
    }

    /** NaN without rounds. */
    static double medianRatio(List<Round> rounds, String of, String to) {
        return median(rounds.stream().map(round -> round.ratio(of, to)).toList());
    }

    /** Of the event loops' processor time; NaN without rounds. */
    static double medianTimeRatio(List<Round> rounds, String of, String to) {
        return median(rounds.stream().map(round -> round.timeRatio(of, to)).toList());
    }

    private static double median(List<Double> figures) {
        return Distribution.of(figures).percentile(0.5);
    }
}
