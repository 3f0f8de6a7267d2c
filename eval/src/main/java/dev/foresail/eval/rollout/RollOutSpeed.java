package dev.foresail.eval.rollout;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * {@code foresail eval roll-outs}: how many futures of five seconds one core plays in a second, from the state of a tree of 31 nodes
 * in which somebody joins and everybody's timers run. Then the same on two threads at once. Real time: figures differ from run to
 * run.
 */
public final class RollOutSpeed implements Experiment {
    private static final int NODES = 31;
    private static final Duration HORIZON = Duration.ofSeconds(5);
    private static final int THREADS = 2;
    private static final double LEAST_PER_SECOND = 2_000;
    private static final double LEAST_EVENTS = 200;
    /** No roller plays so many. */
    private static final long SEEDS_APART = 1L << 32;

    /** How much is done. */
    private record Size(int seeds, int warmUpRounds, int rounds, long nanosPerTurn) {
        static final Size FULL = new Size(5, 5, 15, 1_000_000_000);
        static final Size QUICK = new Size(1, 5, 3, 500_000_000);
    }

    @Override
    public String name() {
        return "roll-outs";
    }

    @Override
    public String summary() {
        return "how many futures of five seconds of 31 RandTree nodes one core plays in a second";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK, Option.SEED_BASE);
    }

    @Override
    public Report run(Options options) throws ExecutionException, InterruptedException {
        Size size = options.quick() ? Size.QUICK : Size.FULL;
        List<Situation<RandTree>> situations = new ArrayList<>();
        int played = 0;
        for (; played < size.seeds && !options.interruption().isRequested(); played++) {
            situations.addAll(Situations.of(NODES, options.seedBase() + played + 1));
        }
        List<Roller<RandTree>> rollers = new ArrayList<>();
        RandTreeMachine machine = new RandTreeMachine();
        for (int thread = 0; thread < THREADS; thread++) {
            rollers.add(new Roller<>(
                    machine,
                    Objective.minimize("meanDepth", HORIZON),
                    situations,
                    RealClock::nanos,
                    size.nanosPerTurn,
                    options.seedBase() + thread * SEEDS_APART));
        }
        List<Roller.Turn> alone = new ArrayList<>();
        List<Roller.Turn> together = new ArrayList<>();
        if (!situations.isEmpty()) {
            play(rollers, size, options, alone, together);
        }
        return report(played, situations.size(), alone, together, options.command(this));
    }

    private static void play(
            List<Roller<RandTree>> rollers,
            Size size,
            Options options,
            List<Roller.Turn> alone,
            List<Roller.Turn> together)
            throws ExecutionException, InterruptedException {
        ExecutorService threads =
                Executors.newFixedThreadPool(THREADS, new DefaultThreadFactory("foresail-roll-outs", true));
        try (Progress progress = Progress.onStandardError("rolling out")) {
            int rounds = size.warmUpRounds + size.rounds;
            for (int round = 0; round < rounds && !options.interruption().isRequested(); round++) {
                List<Roller.Turn> one = turns(rollers.subList(0, 1), threads, options);
                List<Roller.Turn> both = turns(rollers, threads, options);
                if (round >= size.warmUpRounds && both.size() == THREADS) {
                    alone.addAll(one);
                    together.addAll(both);
                }
                progress.update(round + 1, rounds);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Roller.Turn> turns(List<Roller<RandTree>> rollers, ExecutorService threads, Options options)
            throws ExecutionException, InterruptedException {
        List<Future<Roller.Turn>> running =
                rollers.stream().map(threads::submit).toList();
        List<Roller.Turn> turns = new ArrayList<>();
        for (Future<Roller.Turn> turn : running) {
            Optional<Roller.Turn> done = options.interruption().resultOf(turn);
            done.ifPresent(turns::add);
        }
        return turns;
    }

    /** The arithmetic alone. */
    static Report report(
            int seeds, int situations, List<Roller.Turn> alone, List<Roller.Turn> together, String command) {
        List<Double> events = Stream.concat(alone.stream(), together.stream())
                .flatMap(turn -> turn.events().stream())
                .toList();
        Distribution speeds =
                Distribution.of(alone.stream().map(Roller.Turn::perSecond).toList());
        List<Bar> bars = new Bars()
                .atLeast(
                        "roll-outs on one thread, median of the rounds",
                        speeds.percentile(0.5),
                        "a second",
                        LEAST_PER_SECOND)
                .atLeast(
                        "events of the roll-out that has fewest",
                        Distribution.of(events).min(),
                        "events",
                        LEAST_EVENTS)
                .all();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", NODES);
        results.put("horizonSeconds", HORIZON.toSeconds());
        results.put("situations", situations);
        results.put("eventsPerRollOut", Distribution.of(events).summary());
        results.put("oneThread", speed(alone));
        results.put("eachOfTwoThreads", speed(together));
        return new Report(seeds, bars, results, List.of(command));
    }

    private static Map<String, Object> speed(List<Roller.Turn> turns) {
        Map<String, Object> speed = new LinkedHashMap<>();
        speed.put(
                "rollOutsPerSecond",
                Distribution.of(turns.stream().map(Roller.Turn::perSecond).toList())
                        .summary());
        speed.put(
                "eventsPerSecond",
                Distribution.of(turns.stream().map(Roller.Turn::eventsPerSecond).toList())
                        .summary());
        return speed;
    }
}
