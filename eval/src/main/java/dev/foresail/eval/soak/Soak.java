package dev.foresail.eval.soak;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Memory;
import dev.foresail.eval.soak.SoakRun.Outcome;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.ProcessFigures;
import dev.foresail.steering.live.LatencyHistogram;
import dev.foresail.steering.live.LiveOutcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * {@code foresail eval soak}: 31 live RandTree nodes under faults for minutes: whether memory stays flat, every node answers
 * and the tree heals, and nothing is left when all is closed.
 */
public final class Soak implements Experiment {
    private static final OwnOption<Integer> MINUTES =
            OwnOption.count("--minutes", 10, "for how many minutes there are faults");
    private static final int NODES = 31;
    private static final long SEED = 60_001;
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Duration REHEARSAL = Duration.ofSeconds(2);
    private static final double MOST_CHANGE_PERCENT = 5;

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String summary() {
        return "whether live nodes under faults leak, get stuck or do not heal";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(MINUTES);
    }

    @Override
    public Report run(Options options) throws Exception {
        Duration faulty = options.quick() ? QUICK : Duration.ofMinutes(options.own(MINUTES));
        if (options.quick() && options.own().containsKey(MINUTES.name())) {
            options.hints().accept("--quick takes " + QUICK.toSeconds() + " s of faults, whatever --minutes says");
        }
        long seed = SEED + options.seedBase();
        rehearse(seed, options.interruption());
        Outcome outcome = SoakRun.play(SoakPlan.of(NODES, faulty, seed), options.interruption());
        return report(outcome, ProcessFigures.peakRssBytes(), options.command(this));
    }

    /** What the JVM and libraries open and start once, and keep, is not left by the run that counts. */
    private static void rehearse(long seed, Interruption interruption) throws InterruptedException {
        SoakPlan few = SoakPlan.of(4, REHEARSAL, seed).withoutHealing();
        Outcome unused = SoakRun.play(few, interruption);
    }

    /** The arithmetic alone. */
    static Report report(Outcome outcome, long peakRssBytes, String command) {
        Bars bars = new Bars()
                .atMost(
                        "live heap: last third against middle third",
                        Math.abs(changePercent(outcome.samples(), Memory.Sample::liveHeapBytes)),
                        "%",
                        MOST_CHANGE_PERCENT)
                .atMost("nodes that did not answer a call in the end", ended(outcome, stuck(outcome)), "nodes", 0)
                .atMost("nodes outside of the one tree in the end", ended(outcome, outside(outcome)), "nodes", 0)
                .atMost(
                        "properties that do not come to hold in the end",
                        ended(outcome, violated(outcome)),
                        "properties",
                        0)
                .atMost(
                        "calls that were never answered",
                        (double) outcome.calls().unanswered(),
                        "calls",
                        0)
                .atMost(
                        "nodes that ended by themselves",
                        outcome.live().failures().size(),
                        "nodes",
                        0)
                .atMost("threads left", outcome.left().threads().size(), "threads", 0);
        if (outcome.left().open().isPresent()) {
            bars.atMost(
                    "sockets and selectors left open", (double) outcome.left().openCount(), "descriptors", 0);
        }
        return new Report(1, bars.all(), results(outcome, peakRssBytes), List.of(command));
    }

    /** NaN unless it came to the end. */
    private static double ended(Outcome outcome, double figure) {
        return outcome.health().isPresent() ? figure : Double.NaN;
    }

    private static double stuck(Outcome outcome) {
        return outcome.stuck().size();
    }

    private static double outside(Outcome outcome) {
        return outcome.health().map(Health::outside).orElse(0L);
    }

    private static double violated(Outcome outcome) {
        return outcome.health().map(Health::missing).orElse(0L);
    }

    /**
     * By how much the mean of the last third is above that of the middle third. A mean of many samples, as one sample depends
     * on what the nodes were about to do; the first third is not counted, in which caches fill.
     */
    static double changePercent(List<Memory.Sample> samples, ToLongFunction<Memory.Sample> figure) {
        int third = samples.size() / 3;
        double middle = mean(samples.subList(third, 2 * third), figure);
        double last = mean(samples.subList(2 * third, samples.size()), figure);
        return 100 * (last - middle) / middle;
    }

    private static double mean(List<Memory.Sample> samples, ToLongFunction<Memory.Sample> figure) {
        return samples.stream().mapToLong(figure).average().orElse(Double.NaN);
    }

    private static Map<String, Object> results(Outcome outcome, long peakRssBytes) {
        LiveOutcome live = outcome.live();
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nodes", outcome.plan().nodes());
        results.put("faultySeconds", outcome.plan().faulty().toNanos() / 1e9);
        results.put("liveHeapBytes", memory(outcome.samples(), Memory.Sample::liveHeapBytes));
        results.put("directBytes", memory(outcome.samples(), Memory.Sample::directBytes));
        results.put("peakRssBytes", peakRssBytes);
        results.put("faults", faults(outcome));
        results.put("secondsToHeal", outcome.healing().toNanos() / 1e9);
        results.put("violatedInTheEnd", outcome.health().map(Health::violated).orElse(List.of()));
        results.put("stuck", outcome.stuck().stream().map(Object::toString).toList());
        results.put("allAnsweredInMillis", outcome.slowestAnswerMillis());
        results.put("calls", outcome.calls());
        results.put("events", live.events());
        results.put("messages", live.messagesSent());
        results.put("envelopes", live.envelopesSent());
        results.put("decisions", live.decisions());
        results.put("loopGapMillis", gaps(live));
        results.put("endedByThemselves", live.failures());
        results.put("threadsLeft", outcome.left().threads());
        results.put(
                "openLeft",
                outcome.left()
                        .open()
                        .<Object>map(open -> open)
                        .orElse("unknown: there is no /proc/self/fd on this system, so this bar is left out"));
        return results;
    }

    private static Map<String, Object> memory(List<Memory.Sample> samples, ToLongFunction<Memory.Sample> figure) {
        int third = samples.size() / 3;
        Map<String, Object> memory = new LinkedHashMap<>();
        memory.put("samples", samples.size());
        memory.put("firstThird", mean(samples.subList(0, third), figure));
        memory.put("middleThird", mean(samples.subList(third, 2 * third), figure));
        memory.put("lastThird", mean(samples.subList(2 * third, samples.size()), figure));
        memory.put("changePercent", changePercent(samples, figure));
        memory.put("most", samples.stream().mapToLong(figure).max().orElse(0));
        memory.put("all", samples.stream().map(figure::applyAsLong).toList());
        return memory;
    }

    private static Map<String, Long> faults(Outcome outcome) {
        Map<String, Long> faults = new LinkedHashMap<>();
        outcome.injected().forEach((fault, count) -> faults.put(fault.label(), count));
        return faults;
    }

    /** Pauses that were injected, and collections for samples, are among them. */
    private static Map<String, Double> gaps(LiveOutcome live) {
        LatencyHistogram gaps = live.loopGaps();
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put("p50", gaps.micros(0.5) / 1e3);
        millis.put("p99", gaps.micros(0.99) / 1e3);
        millis.put("p999", gaps.micros(0.999) / 1e3);
        millis.put("longest", live.longestLoopGap().toNanos() / 1e6);
        return millis;
    }
}
