package dev.foresail.eval.chord;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.randtree.MeasuredNetworks;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.network.topology.Topology;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How long lookups over Chord take by the form in which next hops are chosen; per seed all forms have the same nodes, links and keys. With the first seed next hops are also predicted by roll-outs that take longer.
 */
public final class NextHops {
    private static final double MOST_OF_PROXIMITY_PERCENT = 85;
    private static final double MOST_OF_ESTIMATE_PERCENT = 100;

    private final Optional<MeasuredNetworks> measured;
    private final int nodes;
    private final int lookups;

    /**
     * @param measured the network; a synthetic wide area when there is none
     * @param nodes at least 1
     * @param lookups of each node
     */
    public NextHops(Optional<MeasuredNetworks> measured, int nodes, int lookups) {
        this.measured = measured;
        this.nodes = nodes;
        this.lookups = lookups;
    }

    /**
     * Plays all forms with these seeds.
     *
     * @return the runs of those seeds of which all were played: after an interruption not of all
     */
    public Runs play(List<Long> seeds, Progress progress, Interruption interruption) throws Exception {
        List<NextHopForm> forms = NextHopForm.all();
        List<Callable<NextHopTrial.Outcome>> work = new ArrayList<>();
        // What takes longest goes first, so that nobody waits for it alone in the end.
        work.add(run(NextHopForm.predictedAtAHighCost(), seeds.get(0)));
        for (long seed : seeds) {
            for (int form = forms.size() - 1; form >= 0; form--) {
                work.add(run(forms.get(form), seed));
            }
        }
        int threads = Runtime.getRuntime().availableProcessors();
        List<NextHopTrial.Outcome> done = ParallelRuns.all(work, threads, progress, interruption);
        int wholeSeeds = Math.max(0, done.size() - 1) / forms.size();
        int whole = wholeSeeds == 0 ? 0 : 1 + wholeSeeds * forms.size();
        return new Runs(done.subList(0, whole), measured.isPresent());
    }

    private Callable<NextHopTrial.Outcome> run(NextHopForm form, long seed) {
        return () -> new NextHopTrial(form, network(seed), lookups, seed).play();
    }

    private Topology network(long seed) {
        return measured.map(networks -> networks.sample(nodes, seed))
                .orElseGet(() -> SyntheticWideArea.generate(nodes, seed));
    }

    /** What was played. Immutable. */
    public static final class Runs {
        /** Of which nothing was. */
        public static final Runs NONE = new Runs(List.of(), false);

        private final List<NextHopTrial.Outcome> outcomes;
        private final String network;

        Runs(List<NextHopTrial.Outcome> outcomes, boolean isMeasured) {
            this.outcomes = List.copyOf(outcomes);
            this.network = isMeasured ? "PlanetLab" : "a synthetic wide area";
        }

        /** With what was asked of them. */
        public void addTo(Bars bars) {
            double predicted = mean(NextHopForm.PREDICTED, NextHopTrial.Outcome::latencyMillis);
            bars.atMost(
                            "latency of lookups over Chord on " + network
                                    + ", next hops as predicted, of the proximity rule",
                            100 * predicted / mean(NextHopForm.PROXIMITY, NextHopTrial.Outcome::latencyMillis),
                            "%",
                            MOST_OF_PROXIMITY_PERCENT)
                    .atMost(
                            "the same, of the proximity rule with prediction's estimate of hops and no look-ahead",
                            100 * predicted / mean(NextHopForm.ESTIMATE, NextHopTrial.Outcome::latencyMillis),
                            "%",
                            MOST_OF_ESTIMATE_PERCENT)
                    .atMost(
                            "lookups over Chord without an answer, handlers that threw, of all forms",
                            (double) outcomes.stream()
                                    .mapToLong(run -> run.unanswered() + run.failures())
                                    .sum(),
                            "failures",
                            0);
        }

        private Stream<NextHopTrial.Outcome> of(String form) {
            return outcomes.stream().filter(run -> run.form().equals(form));
        }

        private double mean(String form, ToDoubleFunction<NextHopTrial.Outcome> figure) {
            return of(form).mapToDouble(figure).average().orElse(Double.NaN);
        }

        /** The figures by form, for the report. */
        public Map<String, Object> results() {
            Map<String, Object> results = new LinkedHashMap<>();
            results.put("network", network);
            results.put("seeds", of(NextHopForm.PREDICTED).count());
            Stream.concat(NextHopForm.all().stream(), Stream.of(NextHopForm.predictedAtAHighCost()))
                    .forEach(form -> results.put(form.name(), figures(form)));
            return results;
        }

        /** Counts are those of one seed, in the mean. */
        private Map<String, Object> figures(NextHopForm chosen) {
            String form = chosen.name();
            Map<String, Double> bySeed = new LinkedHashMap<>();
            of(form).forEach(run -> bySeed.put(Long.toString(run.seed()), run.latencyMillis()));
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("predictionCostMicros", chosen.predictionCost().toNanos() / 1e3);
            figures.put("meanLatencyMillis", mean(form, NextHopTrial.Outcome::latencyMillis));
            figures.put("latencyMillisBySeed", bySeed);
            figures.put("hops", mean(form, NextHopTrial.Outcome::hops));
            figures.put("answers", mean(form, NextHopTrial.Outcome::answers));
            figures.put("waitedMillisOfALookup", mean(form, NextHopTrial.Outcome::waitedMillis));
            figures.put("rollOutsOfALookup", mean(form, run -> (double) run.rollOuts() / run.answers()));
            figures.put("messages", mean(form, NextHopTrial.Outcome::messages));
            figures.put("controlMessages", mean(form, NextHopTrial.Outcome::controlMessages));
            figures.put("controlMessagesOfALookup", mean(form, run -> (double) run.controlMessages() / run.answers()));
            figures.put("predictedDecisions", mean(form, run -> run.decisions().predicted()));
            figures.put("cachedDecisions", mean(form, run -> run.decisions().cached()));
            figures.put("fallbackDecisions", mean(form, run -> run.decisions().fallback()));
            return figures;
        }
    }
}
