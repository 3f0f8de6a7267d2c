package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.transport.LinkConditions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The throughput of three pairs of ends that play {@link Rally} as fast as they can: live nodes without steering, live nodes
 * with it, and {@link BarePair}. They take turns: off, steer, bare, off, steer, bare. What slows the machine down for a while
 * slows down all three, and a figure is a ratio within one round. Each pair has a JVM of its own, with the same options: as where
 * programs run, the compiler knows of the one way in which it is used, and not of three. The others' JVMs stay up meanwhile; idle,
 * they wake up a hundred times a second for some microseconds.
 *
 * <p>That is done with several sets of JVMs, one after the other. What the compiler makes of the same code differs from one
 * JVM to the next, and stays so for as long as it runs. A figure is the median of the sets', each of which is the median
 * of its rounds.
 */
final class Saturation {
    static final String OFF = "off";
    static final String STEER = "steer";
    static final String BARE = "bare";
    static final List<String> NAMES = List.of(OFF, STEER, BARE);

    /** What messages carry: with it a frame has some 160 bytes. */
    static final String TEXT = "foresail".repeat(16);

    private static final int WINDOW = 512;
    /** In so many parts, with the others in between. */
    private static final int WARM_UPS = 4;

    private final Plan plan;
    private final Interruption interruption;
    private final Progress progress;

    Saturation(Plan plan, Interruption interruption, Progress progress) {
        this.plan = plan;
        this.interruption = interruption;
        this.progress = progress;
    }

    /**
     * @param sets how many sets of JVMs
     * @param warmUpMessages how many messages of each pair don't count
     * @param rounds of each set
     * @param turnMillis how long each pair plays in a round
     */
    record Plan(int sets, long warmUpMessages, int rounds, long turnMillis) {}

    /** Messages per second of each pair, both ends together, and the processor time of their event loops for one message. */
    record Round(Map<String, Rate> rates) {
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

    /** One of {@link #NAMES}, in this JVM. */
    static Player player(String name, Interruption interruption) {
        Map<String, String> parameters = Map.of("window", String.valueOf(WINDOW), "text", TEXT);
        Contestant contestant = switch (name) {
            case OFF -> new LivePair(SteeringMode.OFF, parameters, LinkConditions.NONE);
            case STEER -> new LivePair(SteeringMode.STEER, parameters, LinkConditions.NONE);
            case BARE -> new BarePair(WINDOW, TEXT);
            default -> throw new IllegalArgumentException("nobody is called " + name);
        };
        return new LocalPlayer(contestant, interruption);
    }

    /** The rounds of each set that were played to their end. */
    List<List<Round>> play() throws IOException, InterruptedException {
        List<List<Round>> sets = new ArrayList<>();
        for (int set = 0; set < plan.sets() && !interruption.isRequested(); set++) {
            int done = set;
            try (Player off = new PlayerJvm(OFF);
                    Player steer = new PlayerJvm(STEER);
                    Player bare = new PlayerJvm(BARE)) {
                List<Round> rounds = play(
                        List.of(off, steer, bare),
                        round -> progress.update(done * plan.rounds() + round, plan.sets() * plan.rounds()));
                if (!rounds.isEmpty()) {
                    sets.add(rounds);
                }
            } catch (IOException ended) {
                // Whoever asks this process to end asks the others, too.
                if (!interruption.isRequested()) {
                    throw ended;
                }
            }
        }
        return sets;
    }

    /**
     * One set.
     *
     * @param players in the order of {@link #NAMES}
     */
    List<Round> play(List<Player> players, IntConsumer begun) throws IOException, InterruptedException {
        for (int part = 1; part <= WARM_UPS && !interruption.isRequested(); part++) {
            for (Player player : players) {
                player.warmUp(plan.warmUpMessages() * part / WARM_UPS);
            }
        }
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < plan.rounds() && !interruption.isRequested(); round++) {
            begun.accept(round);
            Map<String, Rate> rates = new LinkedHashMap<>();
            for (int player = 0; player < players.size(); player++) {
                rates.put(NAMES.get(player), players.get(player).turn(plan.turnMillis()));
            }
            if (!interruption.isRequested()) {
                rounds.add(new Round(rates));
            }
        }
        return rounds;
    }

    /** Medians, and each set's figures. */
    static Map<String, Object> results(List<List<Round>> sets) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(
                "steerToOffBySet",
                sets.stream().map(rounds -> ratio(rounds, STEER, OFF)).toList());
        results.put(
                "steerToOffLoopTime",
                median(sets.stream()
                        .map(rounds -> timeRatio(rounds, STEER, OFF))
                        .toList()));
        results.put("sets", sets.stream().map(Saturation::resultsOfSet).toList());
        return results;
    }

    /** Medians, and each round's figures. */
    private static Map<String, Object> resultsOfSet(List<Round> rounds) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String name : NAMES) {
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
        results.put("steerToOffLoopTime", timeRatio(rounds, STEER, OFF));
        results.put("bareToOffLoopTime", timeRatio(rounds, BARE, OFF));
        return results;
    }

    /** The median of the sets' medians; NaN without any. */
    static double medianRatio(List<List<Round>> sets, String of, String to) {
        return median(sets.stream().map(rounds -> ratio(rounds, of, to)).toList());
    }

    private static double ratio(List<Round> rounds, String of, String to) {
        return median(rounds.stream().map(round -> round.ratio(of, to)).toList());
    }

    /** Of the event loops' processor time. */
    private static double timeRatio(List<Round> rounds, String of, String to) {
        return median(rounds.stream().map(round -> round.timeRatio(of, to)).toList());
    }

    private static double median(List<Double> figures) {
        return Distribution.of(figures).percentile(0.5);
    }
}
