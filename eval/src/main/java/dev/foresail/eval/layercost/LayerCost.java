package dev.foresail.eval.layercost;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code foresail eval layer-cost}: what a message costs more through a stack of four layers than through one protocol that does the same. It
 * is measured by JMH in processes of its own, one of each kind after the other, so that what slows the machine down slows down both; the
 * figure is the median over the rounds of the difference within a round, in time of the processor. The figures differ from run to run.
 */
public final class LayerCost implements Experiment {
    private static final int LAYERS = 4;
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 3;
    private static final double MOST_NANOS = 150;

    /** What the message costs in two processes that follow each other. */
    private record Round(MessageCost one, MessageCost stack) {
        double nanosMore() {
            return stack.nanos() - one.nanos();
        }
    }

    @Override
    public String name() {
        return "layer-cost";
    }

    @Override
    public String summary() {
        return "time of a message through four layers, beside one protocol that does the same (JMH)";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.QUICK);
    }

    @Override
    public Report run(Options options) throws IOException, InterruptedException {
        MessageCost.Size size = options.quick() ? MessageCost.Size.QUICK : MessageCost.Size.FULL;
        int count = options.quick() ? QUICK_ROUNDS : ROUNDS;
        List<Round> rounds = new ArrayList<>();
        try (Progress progress = Progress.onStandardError("measuring messages")) {
            while (rounds.size() < count && !options.interruption().isRequested()) {
                round(size, options, rounds.size()).ifPresent(rounds::add);
                progress.update(rounds.size(), count);
            }
        }
        Distribution more =
                Distribution.of(rounds.stream().map(Round::nanosMore).toList());
        return new Report(0, bars(more), results(rounds, more), List.of(options.command(this)));
    }

    /** A round without a figure is no round that may be left out. */
    static List<Bar> bars(Distribution nanosMore) {
        double median = nanosMore.missing() > 0 ? Double.NaN : nanosMore.percentile(0.5);
        return new Bars().atMost("layer cost", median, "ns", MOST_NANOS).all();
    }

    /** Rounds take turns in what comes first, so that a machine that gets slower or faster favours none. */
    private static Optional<Round> round(MessageCost.Size size, Options options, int number)
            throws IOException, InterruptedException {
        boolean isStackFirst = number % 2 == 1;
        Optional<MessageCost> first = MessageCost.inProcess(isStackFirst ? LAYERS : 1, size, options.interruption());
        if (first.isEmpty()) {
            return Optional.empty();
        }
        return MessageCost.inProcess(isStackFirst ? 1 : LAYERS, size, options.interruption())
                .map(second -> isStackFirst ? new Round(second, first.get()) : new Round(first.get(), second));
    }

    private static Map<String, Object> results(List<Round> rounds, Distribution more) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("nanosMore", more.summary());
        results.put(
                "clockNanosMore",
                Distribution.of(rounds.stream()
                                .map(each ->
                                        each.stack().clockNanos() - each.one().clockNanos())
                                .toList())
                        .summary());
        results.put("oneLayer", figures(rounds.stream().map(Round::one).toList()));
        results.put("fourLayers", figures(rounds.stream().map(Round::stack).toList()));
        return results;
    }

    private static Map<String, Object> figures(List<MessageCost> costs) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put(
                "nanos",
                Distribution.of(costs.stream().map(MessageCost::nanos).toList()).summary());
        figures.put(
                "clockNanos",
                Distribution.of(costs.stream().map(MessageCost::clockNanos).toList())
                        .summary());
        figures.put(
                "bytes",
                Distribution.of(costs.stream().map(MessageCost::bytes).toList()).percentile(0.5));
        return figures;
    }
}
