package dev.foresail.eval.replica;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.predictor.service.ServiceFigures;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.live.RealClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code foresail eval replica}: an HTTP service with five replicas and three clients, whose picks are made by Foresail's choices, at
 * random, in turn, by power of two choices (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001), and by least
 * latency. All rules meet the same requests and the same replicas at the same time, each its own copies. The live part is of one
 * seed and in real time; the same in virtual time is of many.
 */
public final class ReplicaChoice implements Experiment {
    private static final long FIRST_SEED = 50_000;
    private static final int SEEDS = 20;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration QUICK_LENGTH = Duration.ofSeconds(6);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration SIMULATED_LENGTH = Duration.ofSeconds(60);
    private static final double P99 = 0.99;
    private static final double NO_WORSE = 1.0;
    private static final double MUCH_BETTER_PERCENT = 20;
    private static final long LEAD_NANOS = 500_000_000L;

    @Override
    public String name() {
        return "replica";
    }

    @Override
    public String summary() {
        return "an HTTP client's picks of replicas: Foresail's choices against the usual rules";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    /** What came out of one setting, by rule. */
    record Outcome(Map<Picker.Rule, List<Double>> p99Millis, Map<Picker.Rule, List<Double>> meanMillis) {
        Outcome() {
            this(new EnumMap<>(Picker.Rule.class), new EnumMap<>(Picker.Rule.class));
        }

        void add(Picker.Rule rule, List<Double> latenciesMillis) {
            Distribution latencies = Distribution.of(latenciesMillis);
            p99Millis.computeIfAbsent(rule, first -> new ArrayList<>()).add(latencies.percentile(P99));
            meanMillis.computeIfAbsent(rule, first -> new ArrayList<>()).add(latencies.mean());
        }

        /** The 99th percentile with Foresail's choices as a share of that with two random choices, as a median of the runs. */
        double toPowerOfTwo() {
            List<Double> shares = new ArrayList<>();
            List<Double> ours = p99Millis.getOrDefault(Picker.Rule.FORESAIL, List.of());
            List<Double> theirs = p99Millis.getOrDefault(Picker.Rule.POWER_OF_TWO, List.of());
            for (int run = 0; run < Math.min(ours.size(), theirs.size()); run++) {
                shares.add(ours.get(run) / theirs.get(run));
            }
            return Distribution.of(shares).percentile(0.5);
        }

        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            p99Millis.forEach((rule, values) -> figures.put(
                    rule.label(),
                    Map.of(
                            "p99Millis", Distribution.of(values).summary(),
                            "meanMillis",
                                    Distribution.of(meanMillis.getOrDefault(rule, List.of()))
                                            .summary())));
            return figures;
        }
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? 3 : SEEDS);
        long firstSeed = FIRST_SEED + options.seedBase();
        Map<Setting, Outcome> simulated = new EnumMap<>(Setting.class);
        Map<Setting, Outcome> live = new EnumMap<>(Setting.class);
        Map<Setting, List<ServiceFigures>> figures = new EnumMap<>(Setting.class);
        int steps = 2 * Setting.values().length;
        try (Progress progress = Progress.onStandardError("picking replicas")) {
            int done = 0;
            for (Setting setting : Setting.values()) {
                if (!options.interruption().isRequested()) {
                    simulated.put(setting, simulated(setting, firstSeed, seeds, options));
                    progress.update(++done, steps);
                }
            }
            Duration length = options.quick() ? QUICK_LENGTH : LENGTH;
            if (!options.interruption().isRequested()) {
                // For the compiler, and for what is loaded once.
                live(Setting.EQUAL, firstSeed + seeds, WARM_UP, new ArrayList<>());
            }
            for (Setting setting : Setting.values()) {
                if (!options.interruption().isRequested()) {
                    List<ServiceFigures> ofClients = new ArrayList<>();
                    live.put(setting, live(setting, firstSeed, length, ofClients));
                    figures.put(setting, ofClients);
                    progress.update(++done, steps);
                }
            }
        }
        return report(seeds, simulated, live, figures, options.command(this));
    }

    private static Outcome simulated(Setting setting, long firstSeed, int seeds, Options options) {
        Outcome outcome = new Outcome();
        for (int run = 0; run < seeds && !options.interruption().isRequested(); run++) {
            for (Picker.Rule rule : Picker.Rule.values()) {
                outcome.add(
                        rule,
                        SimulatedService.latenciesMillis(setting, rule, firstSeed + run, SIMULATED_LENGTH.toNanos()));
            }
        }
        return outcome;
    }

    private static Outcome live(Setting setting, long seed, Duration length, List<ServiceFigures> figures)
            throws Exception {
        List<Replica> replicas = setting.replicas(seed, length.toNanos());
        List<Demand.Request> requests = Demand.of(setting, seed, length.toNanos());
        long beginNanos = RealClock.nanos() + LEAD_NANOS;
        ExecutorService drivers = Executors.newFixedThreadPool(Picker.Rule.values().length);
        List<LiveService> services = new ArrayList<>();
        try {
            Map<Picker.Rule, Future<List<Double>>> latencies = new EnumMap<>(Picker.Rule.class);
            for (Picker.Rule rule : Picker.Rule.values()) {
                LiveService service = new LiveService(replicas, rule, seed, beginNanos);
                services.add(service);
                latencies.put(rule, drivers.submit(() -> service.latenciesMillis(requests)));
            }
            Outcome outcome = new Outcome();
            for (Map.Entry<Picker.Rule, Future<List<Double>>> ofRule : latencies.entrySet()) {
                outcome.add(ofRule.getKey(), ofRule.getValue().get());
            }
            for (LiveService service : services) {
                for (Picker client : service.clients()) {
                    if (client instanceof Picker.Predicting predicting) {
                        figures.add(predicting.choices().figures("replica"));
                    }
                }
            }
            return outcome;
        } finally {
            services.forEach(LiveService::close);
            drivers.shutdownNow();
        }
    }

    /** The arithmetic alone. */
    static Report report(
            int seeds,
            Map<Setting, Outcome> simulated,
            Map<Setting, Outcome> live,
            Map<Setting, List<ServiceFigures>> figures,
            String command) {
        Bars bars = new Bars();
        for (Setting setting : Setting.values()) {
            bars.atMost(
                    setting.label() + ": p99 to that of power of two choices, live",
                    live.getOrDefault(setting, new Outcome()).toPowerOfTwo(),
                    "x",
                    NO_WORSE);
            bars.atMost(
                    setting.label() + ": the same in virtual time, median of seeds",
                    simulated.getOrDefault(setting, new Outcome()).toPowerOfTwo(),
                    "x",
                    NO_WORSE);
        }
        bars.atLeast(
                "degraded: p99 below that of power of two choices, live",
                100 * (1 - live.getOrDefault(Setting.DEGRADED, new Outcome()).toPowerOfTwo()),
                "%",
                MUCH_BETTER_PERCENT);
        Map<String, Object> results = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            Map<String, Object> ofSetting = new LinkedHashMap<>();
            ofSetting.put("requestsPerSecond", setting.requestsPerSecond());
            ofSetting.put("live", live.getOrDefault(setting, new Outcome()).figures());
            ofSetting.put(
                    "simulated", simulated.getOrDefault(setting, new Outcome()).figures());
            ofSetting.put("choices", choices(figures.getOrDefault(setting, List.of())));
            results.put(setting.label(), ofSetting);
        }
        return new Report(seeds, bars.all(), results, List.of(command));
    }

    /** What Foresail's choices say of themselves, all clients together. */
    private static Map<String, Object> choices(List<ServiceFigures> clients) {
        Map<String, Object> choices = new LinkedHashMap<>();
        long decisions = clients.stream().mapToLong(ServiceFigures::decisions).sum();
        long explored = clients.stream().mapToLong(ServiceFigures::explored).sum();
        choices.put("decisions", decisions);
        choices.put("explored", explored);
        choices.put(
                "exploredCostSeconds",
                clients.stream().mapToDouble(ServiceFigures::exploredCost).sum());
        choices.put(
                "answersWithinIntervalOf80Percent",
                clients.stream()
                        .mapToDouble(ServiceFigures::answersAsExpected)
                        .average()
                        .orElse(Double.NaN));
        return choices;
    }
}
