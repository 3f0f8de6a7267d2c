package dev.foresail.randtree.demo;

import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.cli.Output;
import dev.foresail.steering.cli.Table;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What people see of the demo. */
record DemoReport(int nodes, List<DemoRun> runs) {
    /** Whether every variant got everybody connected in every run. */
    boolean isWhole() {
        return runs.stream().flatMap(run -> run.variants().stream()).allMatch(VariantRun::isWhole);
    }

    void print(Output output) {
        if (runs.isEmpty()) {
            return;
        }
        Table table = new Table(
                "choices made by",
                "depth after join",
                "depth after rejoin",
                "s to join",
                "s to rejoin",
                "messages",
                "predicted",
                "cached",
                "fallback");
        for (int variant = 0; variant < runs.get(0).variants().size(); variant++) {
            addRow(table, column(variant));
        }
        output.table(table);
        output.prose("depth in levels, the root is 1; the optimum for " + nodes + " nodes with two children each is "
                + optimum() + (runs.size() > 1 ? "; mean (least to most) of " + runs.size() + " runs" : ""));
        runs.stream()
                .flatMap(run -> run.variants().stream())
                .flatMap(variant -> variant.outcome().failures().stream())
                .distinct()
                .limit(5)
                .forEach(output::hint);
    }

    private List<VariantRun> column(int variant) {
        return runs.stream().map(run -> run.variants().get(variant)).toList();
    }

    private static void addRow(Table table, List<VariantRun> column) {
        DecisionCounts decisions = DecisionCounts.NONE;
        long messages = 0;
        for (VariantRun run : column) {
            decisions = decisions.plus(run.outcome().decisions());
            messages += run.outcome().messagesSent();
        }
        table.row(
                column.get(0).variant(),
                spread(column, "maxDepthAfterJoin"),
                spread(column, "maxDepthAfterRejoin"),
                mean(column, run -> run.figure("secondsToJoin")),
                mean(column, run -> run.figure("secondsToRejoin")),
                messages,
                decisions.predicted(),
                decisions.cached(),
                decisions.fallback());
    }

    private static String spread(List<VariantRun> column, String figure) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (VariantRun run : column) {
            least = Math.min(least, run.figure(figure));
            most = Math.max(most, run.figure(figure));
        }
        if (Double.isNaN(least)) {
            return "not everybody got connected";
        }
        return column.size() == 1
                ? String.format(Locale.ROOT, "%.0f", least)
                : String.format(
                        Locale.ROOT, "%.1f (%.0f to %.0f)", mean(column, run -> run.figure(figure)), least, most);
    }

    private static double mean(List<VariantRun> column, ToDoubleFunction<VariantRun> figure) {
        return column.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** The levels of a full tree with two children each. */
    private int optimum() {
        return 32 - Integer.numberOfLeadingZeros(nodes);
    }
}
