package dev.foresail.predictor.decision;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.calibration.ChoiceTerm;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.calibration.Residual;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.simulate.Simulation;
import java.util.function.Predicate;

/**
 * Collects how far off a simulation's predictions are, so that the nodes of later runs know from the beginning. Outcomes are those of the run as it is ({@link RunOutcomes}): what a node is told
 * of them comes from a run that is over, never from its own. For one thread, the simulation's.
 */
public final class ResidualRecorder<S> {
    private final RunOutcomes<S> outcomes;
    private final BoundObjective<S> objective;
    private final Predicate<Decision> which;
    private final PastResiduals.Collector residuals;

    private ResidualRecorder(
            RunOutcomes<S> outcomes,
            BoundObjective<S> objective,
            Predicate<Decision> which,
            PastResiduals.Collector residuals) {
        this.outcomes = outcomes;
        this.objective = objective;
        this.which = which;
        this.residuals = residuals;
    }

    /**
     * Begins to follow a simulation.
     *
     * @param objective of all of its choices
     * @param which decisions are followed, of those by predicted values
     */
    public static <S> void follow(
            Simulation<S> simulation,
            Machine<S> machine,
            Objective objective,
            Predicate<Decision> which,
            PastResiduals.Collector residuals) {
        ResidualRecorder<S> recorder = new ResidualRecorder<>(
                new RunOutcomes<>(simulation, machine), new BoundObjective<>(machine, objective), which, residuals);
        simulation.onDecision(recorder::decided);
    }

    private void decided(Decision decision) {
        if (decision.values().isEmpty() || !which.test(decision)) {
            return;
        }
        Decision.Value predicted = decision.values().get(decision.chosen());
        if (predicted.term() == Decision.Value.FIRST_GOAL) {
            ChoiceTerm of = new ChoiceTerm(decision.choice(), predicted.term());
            outcomes.watch(decision.node(), objective, cost -> residuals.add(of, new Residual(predicted.mean(), cost)));
        }
    }
}
