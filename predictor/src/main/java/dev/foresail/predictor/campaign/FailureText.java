package dev.foresail.predictor.campaign;

import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.ViolationText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Words for what went wrong with a seed. */
public final class FailureText {
    private FailureText() {}

    /** The first violation and what is wrong in the end, a line for each. */
    public static List<String> lines(SeedOutcome outcome) {
        List<String> lines = new ArrayList<>();
        outcome.violations().stream()
                .limit(1)
                .forEach(violation -> lines.add(ViolationText.line(outcome.seed(), violation)));
        lines.addAll(outcome.wrongInTheEnd());
        return lines;
    }

    /**
     * The first violation with how it came to that, by playing the seed once more where that can be told; then what is wrong in the end.
     *
     * @param stopped whether to give up the second run
     */
    public static <S> List<String> story(SimulationPlan<S> plan, SeedOutcome outcome, BooleanSupplier stopped) {
        List<String> lines = new ArrayList<>();
        outcome.violations().stream().limit(1).forEach(violation -> {
            lines.add(ViolationText.line(outcome.seed(), violation));
            lines.addAll(told(plan, outcome.seed(), violation, stopped));
        });
        lines.addAll(outcome.wrongInTheEnd());
        return lines;
    }

    /** How it came to a violation; nothing where that cannot be told. */
    static <S> List<String> told(SimulationPlan<S> plan, long seed, Violation violation, BooleanSupplier stopped) {
        if (!plan.canRetell(violation)) {
            return List.of();
        }
        return plan.retell(seed, violation, stopped)
                .map(ViolationText::lines)
                .orElseGet(() -> stopped.getAsBoolean()
                        ? List.of()
                        : List.of("    a second run does not come to that: the protocol is not deterministic"));
    }
}
