package dev.foresail.eval.steering;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.ParallelRuns;
import dev.foresail.eval.steering.PaxosTurmoil.Outcome;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.OwnOption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * {@code foresail eval steering-paxos}: how often two learners of Paxos with a known bug decide differently while nodes are cut
 * off, pause and crash, without steering and with it; and how often steering meddles with the mended protocol. In virtual time:
 * the same seeds give the same figures.
 */
public final class SteeringPaxos implements Experiment {
    private static final int SEEDS = 1000;
    private static final int QUICK_SEEDS = 50;
    /** Seeds up to here were looked at while the turmoil was tuned. */
    private static final long FIRST_SEED = 50_000;

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final double PAUSES = 0.2;

    private static final double LEAST_VIOLATED = 30;
    private static final double MOST_UNKNOWABLE = 1;
    private static final double LEAST_DECIDED = 95;

    /**
     * One way to play a seed.
     *
     * @param mended whether the bug is taken out
     */
    record Trial(String bug, boolean mended, SteeringMode mode) {
        Outcome play(long seed) {
            return new PaxosTurmoil(mended ? "none" : bug, turmoil(), mode, seed).play();
        }

        /** Forgetting in a crash needs crashes. */
        ConsensusTurmoil turmoil() {
            return new ConsensusTurmoil(LONGEST, PAUSES, bug.equals("PX-2") ? 1 : 0);
        }
    }

    private static final List<String> BUGS = List.of("PX-1", "PX-2");

    @Override
    public String name() {
        return "steering-paxos";
    }

    @Override
    public String summary() {
        return "disagreement in Paxos with known bugs while nodes are cut off, without steering and with it";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEEDS, Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public List<OwnOption<?>> ownOptions() {
        return List.of(MendedOnly.OPTION);
    }

    @Override
    public Report run(Options options) throws Exception {
        int seeds = options.seeds().orElse(options.quick() ? QUICK_SEEDS : SEEDS);
        List<Trial> trials = trials(options.own(MendedOnly.OPTION));
        List<Callable<Outcome>> work = new ArrayList<>();
        for (int number = 0; number < seeds; number++) {
            long seed = FIRST_SEED + options.seedBase() + number;
            trials.forEach(trial -> work.add(() -> trial.play(seed)));
        }
        List<Outcome> outcomes;
        try (Progress progress = Progress.onStandardError("simulating")) {
            int threads = Runtime.getRuntime().availableProcessors();
            outcomes = ParallelRuns.all(work, threads, progress, options.interruption());
        }
        int wholeSeeds = outcomes.size() / trials.size();
        Map<Trial, List<Outcome>> byTrial = new LinkedHashMap<>();
        for (int place = 0; place < trials.size(); place++) {
            List<Outcome> ofTrial = new ArrayList<>();
            for (int seed = 0; seed < wholeSeeds; seed++) {
                ofTrial.add(outcomes.get(seed * trials.size() + place));
            }
            byTrial.put(trials.get(place), ofTrial);
        }
        return report(wholeSeeds, byTrial, options.command(this));
    }

    /** @param mendedOnly whether the protocol is only played without its bugs */
    static List<Trial> trials(boolean mendedOnly) {
        List<Trial> trials = new ArrayList<>();
        for (String bug : BUGS) {
            if (!mendedOnly) {
                trials.add(new Trial(bug, false, SteeringMode.OFF));
                trials.add(new Trial(bug, false, SteeringMode.STEER));
            }
            trials.add(new Trial(bug, true, SteeringMode.STEER));
        }
        return trials;
    }

    /** The arithmetic alone. */
    static Report report(int seeds, Map<Trial, List<Outcome>> byTrial, String command) {
        Bars bars = new Bars();
        Map<String, Object> results = new LinkedHashMap<>();
        List<Outcome> mended = new ArrayList<>();
        results.put("setting", setting());
        byTrial.forEach((trial, outcomes) -> {
            TurmoilFigures figures = new TurmoilFigures(outcomes);
            results.put(label(trial), figures.results());
            if (trial.mended()) {
                mended.addAll(outcomes);
            } else if (trial.mode() == SteeringMode.OFF) {
                bars.atLeast(
                        trial.bug() + " violated without steering",
                        figures.percentOf(Outcome::isViolated),
                        "% of runs",
                        LEAST_VIOLATED);
            } else {
                bars.atMost(
                                trial.bug() + " uncaught with steering, knowable",
                                outcomes.isEmpty() ? Double.NaN : figures.sum(Outcome::knowable),
                                "in all runs",
                                0)
                        .atMost(
                                trial.bug() + " uncaught with steering, unknowable",
                                figures.percentOf(outcome -> outcome.unknowable() > 0),
                                "% of runs",
                                MOST_UNKNOWABLE)
                        .atLeast(
                                trial.bug() + " decided with steering",
                                figures.percentOf(Outcome::isDecided),
                                "% of runs",
                                LEAST_DECIDED);
            }
        });
        TurmoilFigures alarms = new TurmoilFigures(mended);
        MendedOnly.addTo(bars, alarms.sum(outcome -> outcome.interventions().size()), alarms.sum(Outcome::events));
        return new Report(seeds, bars.all(), results, List.of(command));
    }

    private static String label(Trial trial) {
        String mode = trial.mode() == SteeringMode.OFF ? "without" : "with";
        return trial.bug() + (trial.mended() ? " mended, " : ", ") + mode + " steering";
    }

    private static Map<String, Object> setting() {
        Map<String, Object> setting = new TreeMap<>();
        setting.put("nodes", PaxosTurmoil.NODES);
        setting.put("links", "synthetic wide area, another one for each seed");
        setting.put("patienceSeconds", PaxosTurmoil.PATIENCE.toSeconds());
        setting.put(
                "checkpoints", "facts of all nodes go ahead of the next message after each event that adds to them");
        setting.put("worldsOfLookingAheadAtMost", PaxosTurmoil.WORLDS);
        setting.put("cutsAndPausesAtMostSeconds", LONGEST.toSeconds());
        setting.put("turnsOfCutsAndPauses", PaxosTurmoil.NODES);
        setting.put("shareOfPauses", PAUSES);
        setting.put("crashesPerRun", Map.of("PX-1", 0, "PX-2", PaxosTurmoil.NODES));
        setting.put("secondsAfterwards", PaxosTurmoil.AFTERWARDS.toSeconds());
        return setting;
    }
}
