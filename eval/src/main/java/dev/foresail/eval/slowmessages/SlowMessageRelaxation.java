package dev.foresail.eval.slowmessages;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.KolmogorovSmirnov;
import dev.foresail.eval.fixedring.FixedRing;
import dev.foresail.eval.fixedring.FixedRingMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.NodeRange;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.simulate.SlowMessages;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code foresail eval smr}: lookups over two workers, with windows as long as the fastest link and with wider ones, in turns. What slow
 * messages gain is a ratio of turns that follow each other; what they change is the distance of hops and latencies, and which timers
 * fired. Real time: speeds differ from run to run.
 */
public final class SlowMessageRelaxation implements Experiment {
    private static final int WORKERS = 2;
    private static final long LEAST_NANOS = 1_000_000;
    private static final long MOST_NANOS = 100_000_000;
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final double LEAST_GAIN = 1.3;
    private static final double MOST_DISTANCE = 0.02;
    private static final int LEAST_SAMPLES = 20_000;

    /** How much is done. */
    private record Size(int nodes, int lookups, int rounds) {
        static final Size FULL = new Size(100_000, 8, 5);
        static final Size QUICK = new Size(20_000, 3, 1);
    }

    /** One run, and how it came out. */
    private record Turn(
            double eventsPerSecond,
            List<Double> hops,
            List<Double> latencies,
            List<Integer> fired,
            SlowMessages.Report report) {}

    @Override
    public String name() {
        return "smr";
    }

    @Override
    public String summary() {
        return "what slow messages gain over windows as long as the fastest link, and what they change";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK, Option.SEED_BASE);
    }

    @Override
    public Report run(Options options) {
        Size size = options.quick() ? Size.QUICK : Size.FULL;
        List<Turn> strict = new ArrayList<>();
        List<Turn> relaxed = new ArrayList<>();
        ExecutorService executor = Executors.newCachedThreadPool();
        try (Progress progress = Progress.onStandardError("looking up")) {
            // The first round is for the compiler.
            for (int round = 0; round <= size.rounds && !options.interruption().isRequested(); round++) {
                long seed = options.seedBase() + round;
                Turn one = turn(size, seed, Optional.empty(), executor);
                Turn other = turn(
                        size,
                        seed,
                        Optional.of(new SlowMessages(SlowMessages.DEFAULT_MOST_DELAY, RealClock::nanos)),
                        executor);
                if (round > 0) {
                    strict.add(one);
                    relaxed.add(other);
                }
                progress.update(round + 1, size.rounds + 1);
            }
        } finally {
            executor.shutdownNow();
        }
        return new Report(
                size.rounds, bars(strict, relaxed), results(size, strict, relaxed), List.of(options.command(this)));
    }

    private static Turn turn(Size size, long seed, Optional<SlowMessages> relaxation, ExecutorService executor) {
        FixedRingMachine machine = new FixedRingMachine();
        List<NodeId> nodes = NodeRange.of(1, size.nodes);
        Simulation<FixedRing> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(size.nodes, size.lookups, PERIOD, TIMEOUT),
                        nodes,
                        new HashedLinks(size.nodes, LEAST_NANOS, MOST_NANOS),
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(ResolverSettings.policy(ResolverSettings.Kind.RANDOM), machine));
        simulation.useWorkers(WORKERS, relaxation, executor).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        nodes.forEach(simulation::start);
        long startNanos = RealClock.nanos();
        long before = simulation.events();
        simulation.runUntil(PERIOD.multipliedBy(size.lookups + 2L).plus(TIMEOUT));
        double seconds = (RealClock.nanos() - startNanos) / 1e9;
        return outcome(simulation, (simulation.events() - before) / seconds);
    }

    private static Turn outcome(Simulation<FixedRing> simulation, double eventsPerSecond) {
        List<Integer> hops = new ArrayList<>();
        List<Long> latencies = new ArrayList<>();
        List<Integer> fired = new ArrayList<>();
        SystemView<FixedRing> view = simulation.view();
        for (NodeId node : simulation.nodes()) {
            FixedRing state = view.state(node);
            hops.addAll(state.hops());
            latencies.addAll(state.latenciesNanos());
            fired.add(state.asked());
            fired.add(state.timeouts());
        }
        return new Turn(
                eventsPerSecond,
                hops.stream().map(Integer::doubleValue).toList(),
                latencies.stream().map(Long::doubleValue).toList(),
                fired,
                simulation.windows().orElseThrow());
    }

    private static List<Bar> bars(List<Turn> strict, List<Turn> relaxed) {
        List<Double> gains = new ArrayList<>();
        double samples = strict.isEmpty() ? Double.NaN : Double.MAX_VALUE;
        double hops = strict.isEmpty() ? Double.NaN : 0;
        double latencies = hops;
        boolean sameTimers = true;
        for (int round = 0; round < strict.size(); round++) {
            Turn one = strict.get(round);
            Turn other = relaxed.get(round);
            gains.add(other.eventsPerSecond() / one.eventsPerSecond());
            samples = Math.min(samples, Math.min(one.hops().size(), other.hops().size()));
            hops = Math.max(hops, KolmogorovSmirnov.distance(one.hops(), other.hops()));
            latencies = Math.max(latencies, KolmogorovSmirnov.distance(one.latencies(), other.latencies()));
            sameTimers &= one.fired().equals(other.fired());
        }
        return new Bars()
                .atLeast(
                        "speed, to windows without slow messages",
                        Distribution.of(gains).percentile(0.5),
                        "x",
                        LEAST_GAIN)
                .atLeast("samples a side", samples, "lookups", LEAST_SAMPLES)
                .below("greatest distance of hops", hops, "KS", MOST_DISTANCE)
                .below("greatest distance of latencies", latencies, "KS", MOST_DISTANCE)
                .atLeast("the same timers fired", strict.isEmpty() ? Double.NaN : sameTimers ? 1 : 0, "0 or 1", 1)
                .all();
    }

    private static Map<String, Object> results(Size size, List<Turn> strict, List<Turn> relaxed) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", size.nodes);
        results.put("workers", WORKERS);
        results.put("strict", summary(strict));
        results.put("relaxed", summary(relaxed));
        return results;
    }

    private static Map<String, Object> summary(List<Turn> turns) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put(
                "eventsPerSecond",
                Distribution.of(turns.stream().map(Turn::eventsPerSecond).toList())
                        .summary());
        List<Map<String, Object>> windows = new ArrayList<>();
        for (Turn turn : turns) {
            SlowMessages.Report report = turn.report();
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("windows", report.windows());
            each.put("widthMillis", report.widthNanos() / 1e6);
            each.put("mostMillis", report.mostNanos() / 1e6);
            each.put("slowShare", (double) report.slow() / Math.max(1, report.between()));
            each.put("meanExtraMillis", report.extraNanos() / 1e6);
            each.put("meanDelayMillis", report.delayNanos() / 1e6);
            windows.add(each);
        }
        summary.put("windows", windows);
        return summary;
    }
}
