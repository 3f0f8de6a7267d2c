package dev.foresail.predictor.reference;

import dev.foresail.predictor.determinism.NonDeterminismException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A script of choices for one run of a step, and what was decided in its course. Where the script has ended the first
 * outcome is taken. Not thread-safe; used for one run.
 *
 * <p>Idea: all runs of a step are enumerated by running it again with the script whose last decision that has a further
 * outcome is incremented, and what came after it dropped; so no handler has to be suspended in the middle. Runs come in
 * lexicographic order.
 */
final class Decisions {
    private final List<Integer> script;
    /** How many outcomes each scripted decision had when it was met before; empty where that is not known. */
    private final List<Integer> countsBefore;

    private final List<Integer> taken = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    /** Kept instead of thrown, as a handler might catch it. */
    private Optional<String> misfit = Optional.empty();

    private Decisions(List<Integer> script, List<Integer> countsBefore) {
        this.script = script;
        this.countsBefore = countsBefore;
    }

    /** The first run of an enumeration. */
    static Decisions first() {
        return new Decisions(List.of(), List.of());
    }

    /** The run in which just this is decided. */
    static Decisions replay(List<Integer> script) {
        return new Decisions(script, List.of());
    }

    /** Decides among {@code count} outcomes; with a single one nothing is recorded. */
    int next(int count) {
        if (count <= 1) {
            return 0;
        }
        int position = taken.size();
        int decision = position < script.size() ? script.get(position) : 0;
        if (position < countsBefore.size() && countsBefore.get(position) != count) {
            misfit("decision " + position + " has " + count + " outcomes, it had " + countsBefore.get(position));
        }
        if (decision < 0 || decision >= count) {
            misfit("decision " + position + " is " + decision + ", but there are " + count + " outcomes");
            decision = 0;
        }
        taken.add(decision);
        counts.add(count);
        return decision;
    }

    private void misfit(String explanation) {
        misfit = misfit.or(() -> Optional.of(explanation));
    }

    /** What was decided. */
    List<Integer> taken() {
        return List.copyOf(taken);
    }

    /** The run after this one, empty when this was the last. */
    Optional<Decisions> following() {
        for (int position = taken.size() - 1; position >= 0; position--) {
            if (taken.get(position) + 1 < counts.get(position)) {
                List<Integer> next = new ArrayList<>(taken.subList(0, position));
                next.add(taken.get(position) + 1);
                return Optional.of(new Decisions(next, List.copyOf(counts.subList(0, position + 1))));
            }
        }
        return Optional.empty();
    }

    /** @throws NonDeterminismException when this run did not meet the decisions that the one before it had met */
    void checkRepeated(Object what) {
        Optional<String> problem =
                taken.size() < script.size() ? misfit.or(() -> Optional.of("it ended early")) : misfit;
        if (problem.isPresent()) {
            throw new NonDeterminismException(
                    what.toString(),
                    "what it decides",
                    "run again with the same decisions",
                    script.toString(),
                    "not, as " + problem.get());
        }
    }

    /** @throws ReplayDivergedException when the script does not name all decisions of the run, and no others */
    void checkReplayed(Object what) {
        Optional<String> problem = taken.size() == script.size()
                ? misfit
                : misfit.or(() -> Optional.of("there are " + taken.size() + " decisions"));
        if (problem.isPresent()) {
            throw new ReplayDivergedException(
                    what + " cannot be taken with the decisions " + script + ": " + problem.get());
        }
    }
}
