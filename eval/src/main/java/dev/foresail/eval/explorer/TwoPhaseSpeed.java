package dev.foresail.eval.explorer;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.eval.experiment.SearchRuns.Run;
import dev.foresail.predictor.model.SystemModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two-phase commit with light and with heavy nodes, explored with one worker; and a smaller one, explored in the same
 * rounds by {@value #PLAIN}, too: a node is cloned and its handler run at every transition. Not thread-safe.
 */
final class TwoPhaseSpeed {
    /** The reference is written to be read, not to be fast: others that clone are faster. */
    static final String PLAIN = "our plain explorer that clones worlds (the reference implementation)";

    private static final double MOST_TIMES_SLOWER = 1.5;
    private static final double LEAST_TIMES_FASTER = 8;
    private static final double MOST_HANDLER_PERCENT = 0.1;
    /** With fewer, there are too few transitions for a share of so few handler runs. */
    private static final int RMS_OF_HANDLER_RUNS = 7;

    private final SearchRuns searches;
    private final Workload light;
    private final Workload heavy;
    private final Workload plainLight;
    private final Workload plainHeavy;
    private final Contest explorers;
    private final Contest againstPlain;
    private Optional<Run> counted = Optional.empty();

    /** @param plainRms how many resource managers there are where the plain explorer takes part */
    TwoPhaseSpeed(SearchRuns searches, int rms, int plainRms) {
        this.searches = searches;
        this.light = Workload.twoPhase(rms);
        this.heavy = Workload.heavyTwoPhase(rms);
        this.plainLight = Workload.twoPhase(plainRms);
        this.plainHeavy = Workload.heavyTwoPhase(plainRms);
        this.explorers = new Contest()
                .with(light.name(), () -> searches.explore(light.model(), light.settings()))
                .with(heavy.name(), () -> searches.explore(heavy.model(), heavy.settings()));
        this.againstPlain = new Contest()
                .with(explored(plainLight), () -> searches.explore(plainLight.model(), plainLight.settings()))
                .with(explored(plainHeavy), () -> searches.explore(plainHeavy.model(), plainHeavy.settings()))
                .with(plainly(plainLight), () -> searches.explorePlainly(plainLight.model(), plainLight.settings()))
                .with(plainly(plainHeavy), () -> searches.explorePlainly(plainHeavy.model(), plainHeavy.settings()));
    }

    private static String explored(Workload workload) {
        return workload.name() + ", the explorer";
    }

    private static String plainly(Workload workload) {
        return workload.name() + ", " + PLAIN;
    }

    /** @param plainRounds how many rounds there are with the plain explorer, one more of which warms up */
    void run(int warmUpRounds, int rounds, int plainRounds) {
        Workload large = Workload.twoPhase(RMS_OF_HANDLER_RUNS);
        counted = Optional.of(searches.explore(large.model(), large.settings()));
        explorers.run(warmUpRounds, rounds, searches::isInterrupted);
        againstPlain.run(1, plainRounds, searches::isInterrupted);
    }

    void addBars(Bars bars) {
        bars.atMost(
                        "light / heavy transitions per second, " + light.name(),
                        speed(explorers, light.name()) / speed(explorers, heavy.name()),
                        "times",
                        MOST_TIMES_SLOWER)
                .atLeast(
                        plainHeavy.name() + " transitions per second: the explorer / " + PLAIN,
                        speed(againstPlain, explored(plainHeavy)) / speed(againstPlain, plainly(plainHeavy)),
                        "times",
                        LEAST_TIMES_FASTER)
                .below(
                        "handler runs per transition, twophase rms=" + RMS_OF_HANDLER_RUNS,
                        counted.map(run -> 100.0
                                        * run.report().handlerRuns()
                                        / run.report().transitions())
                                .orElse(Double.NaN),
                        "%",
                        MOST_HANDLER_PERCENT);
    }

    private static double speed(Contest contest, String contender) {
        return contest.median(contender, Run::transitionsPerSecond);
    }

    /** By workload and explorer, one worker each. */
    Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(light.name(), explorers.summary(light.name()));
        results.put(heavy.name(), explorers.summary(heavy.name()));
        for (Workload workload : new Workload[] {plainLight, plainHeavy}) {
            results.put(explored(workload), againstPlain.summary(explored(workload)));
            results.put(plainly(workload), againstPlain.summary(plainly(workload)));
        }
        results.put("encodedStateBytesLight", encodedStateBytes(light.model()));
        results.put("encodedStateBytesHeavy", encodedStateBytes(heavy.model()));
        return results;
    }

    /** The canonical bytes of the first node's state before anything has happened. */
    private static <S> int encodedStateBytes(SystemModel<S> model) {
        StateWriter out = new StateWriter();
        model.machine()
                .write(model.machine().create(model.nodes().values().iterator().next()), out);
        return out.toByteArray().length;
    }
}
