package dev.foresail.predictor.campaign;

import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import dev.foresail.predictor.simulate.Sighting;
import dev.foresail.predictor.simulate.UntilViolated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a failing seed small: fewer faults, fewer nodes, fewer choices that matter, and an end as soon as the property is violated.
 * Deterministic, unless its budget is one of time. Not thread-safe.
 *
 * <p>Idea: leave out faults, ever smaller runs of them (delta debugging, Zeller 2002), then nodes, then faults once more; whatever still
 * violates the same property is taken. What another number of nodes does is another run, with other links and other draws: that it fails
 * too is all that is asked. Then choices take what comes first instead of what they took, ever smaller runs of them too, and where
 * that has helped faults once more. At the end no single fault can be left out, unless the budget is used up.
 */
public final class SeedShrinker<S> {
    /** An attempt may take so many times as many events as the best run: with fewer faults a violation may come later. */
    private static final long SLACK = 2;

    private final SimulationPlan<S> original;
    private final ShrinkBudget budget;

    public SeedShrinker(SimulationPlan<S> original, ShrinkBudget budget) {
        this.original = original;
        this.budget = budget;
    }

    /**
     * A run of the seed that violates the property, as small as the budget allows.
     *
     * @return empty when the seed does not violate it, or not within the budget
     */
    public Optional<ShrunkSeed<S>> shrink(long seed, String property) {
        List<FaultOccurrence> drawn = original.faults(seed);
        Attempt attempt = new Attempt(seed, property);
        if (!attempt.isTaken(original.with(drawn))) {
            return Optional.empty();
        }
        long choicesBefore = attempt.script.made();
        attempt.withoutFaults();
        if (attempt.withoutNodes()) {
            attempt.withoutFaults();
        }
        if (attempt.withoutChoices()) {
            attempt.withoutFaults();
            attempt.namesChoicesAnew();
        }
        return attempt.best(drawn.size(), choicesBefore);
    }

    private final class Attempt {
        private final long seed;
        private final String property;
        private SimulationPlan<S> smallest = original;
        private Optional<Sighting> sighting = Optional.empty();
        /** The choices of the smallest so far. */
        private ChoiceScript script = original.script();

        Attempt(long seed, String property) {
            this.seed = seed;
            this.property = property;
        }

        /** Whether the property is violated there too; then this is the smallest so far. */
        private boolean isTaken(SimulationPlan<S> plan) {
            ChoiceScript made = plan.script();
            Optional<Sighting> found = budget.takeRun() ? play(plan, made, mostEvents()) : Optional.empty();
            if (found.isPresent()) {
                smallest = plan;
                sighting = found;
                script = made;
            }
            return found.isPresent();
        }

        private Optional<Sighting> play(SimulationPlan<S> plan, ChoiceScript made, long mostEvents) {
            try {
                UntilViolated<S> run = plan.untilViolated(seed, property, made);
                try {
                    return run.play(plan.until(), mostEvents, budget.stopped());
                } finally {
                    budget.spend(run.events());
                }
            } catch (RuntimeException refused) {
                // Not every scenario or protocol can do with so few nodes.
                return Optional.empty();
            }
        }

        private long mostEvents() {
            long most = budget.eventsLeft();
            return sighting.filter(this::isAtAnEvent)
                    .map(found -> Math.min(most, SLACK * found.event()))
                    .orElse(most);
        }

        /** Whether the rest of the run has nothing to do with it; what is violated in the end is to be seen there again. */
        private boolean isAtAnEvent(Sighting found) {
            return found.violation().isPresent() || property.equals(SeedOutcome.HANDLER_THREW);
        }

        private void withoutFaults() {
            leaveOut(this::happened, fewer -> smallest.with(fewer));
            List<FaultOccurrence> left = happened();
            if (left.size() < smallest.faults(seed).size()) {
                isTaken(smallest.with(left));
            }
        }

        /** @param left what there is to be left out of the smallest so far */
        private <T> void leaveOut(Supplier<List<T>> left, Function<List<T>, SimulationPlan<S>> with) {
            List<T> all = left.get();
            for (int size = all.size(); size >= 1; size = size / 2) {
                int from = 0;
                while (from < all.size()) {
                    List<T> fewer = new ArrayList<>(all.subList(0, from));
                    fewer.addAll(all.subList(Math.min(all.size(), from + size), all.size()));
                    if (isTaken(with.apply(fewer))) {
                        all = left.get();
                    } else {
                        from += size;
                    }
                }
            }
        }

        /** The faults until the violation: the later ones have nothing to do with it. */
        private List<FaultOccurrence> happened() {
            Duration end = Duration.ofNanos(sighting.map(Sighting::atNanos).orElse(Long.MAX_VALUE));
            return smallest.faults(seed).stream()
                    .filter(fault -> fault.at().compareTo(end) <= 0)
                    .toList();
        }

        private boolean withoutNodes() {
            int before = smallest.nodes();
            for (int fewer = before / 2; fewer >= 1; fewer = fewer / 2) {
                while (smallest.nodes() > fewer && isTaken(smallest.withNodes(smallest.nodes() - fewer))) {
                    // As often as it goes.
                }
            }
            return smallest.nodes() < before;
        }

        /** Whether some take what comes first now that did not before. */
        private boolean withoutChoices() {
            List<ChoiceOccurrence> before = others();
            if (!script.isWhole() && !isTaken(smallest.withChoices(List.of()))) {
                return false;
            }
            leaveOut(this::others, fewer -> smallest.withChoices(fewer));
            List<ChoiceOccurrence> left = others();
            if (script.made() > 0) {
                // Also where none could be spared: then the trace says so.
                namesChoicesAnew();
            }
            return left.size() < before.size();
        }

        /** Gives the choices as the smallest run makes them: with fewer faults some come at other times, and some not at all. */
        private void namesChoicesAnew() {
            List<ChoiceOccurrence> left = others();
            if (!smallest.choices().equals(Optional.of(left))) {
                isTaken(smallest.withChoices(left));
            }
        }

        /** The choices until the violation that did not take what comes first. */
        private List<ChoiceOccurrence> others() {
            return script.taken().stream().map(ChoiceScript.Taken::choice).toList();
        }

        private Optional<ShrunkSeed<S>> best(int faultsBefore, long choicesBefore) {
            return sighting.map(found -> new ShrunkSeed<>(
                    ended(found), seed, property, found, faultsBefore, original.nodes(), choicesBefore));
        }

        /** Up to the violation, if that is seen to be the same run so far. */
        private SimulationPlan<S> ended(Sighting found) {
            if (isAtAnEvent(found)) {
                SimulationPlan<S> ended = smallest.endingAt(Duration.ofNanos(found.atNanos()));
                if (play(ended, ended.script(), found.event()).equals(sighting)) {
                    return ended;
                }
            }
            return smallest;
        }
    }
}
