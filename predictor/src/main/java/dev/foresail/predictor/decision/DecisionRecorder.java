package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.simulate.Simulation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes down the decisions of a simulation, and a horizon later what became of each: what the first goal of its objective came to meanwhile, asked
 * at the times at which roll-outs are, in the sight of the node that decided, itself and those that were its neighbours. Nothing of it gets back into the run. For one thread, the
 * simulation's.
 */
public final class DecisionRecorder<S> {
    private final Machine<S> machine;
    private final RunOutcomes<S> outcomes;
    private final Function<String, Optional<Objective>> objectives;
    private final Map<String, Optional<BoundObjective<S>>> bound = new HashMap<>();
    private final DecisionWriter out;

    private DecisionRecorder(
            Simulation<S> simulation,
            Machine<S> machine,
            Function<String, Optional<Objective>> objectives,
            DecisionWriter out) {
        this.machine = machine;
        this.outcomes = new RunOutcomes<>(simulation, machine);
        this.objectives = objectives;
        this.out = out;
    }

    /**
     * Begins to follow a simulation.
     *
     * @param objectives what a choice, by its name, was to make best; empty when nothing is predicted for it
     * @param out gets what there is to say; who has made it closes it
     */
    public static <S> void follow(
            Simulation<S> simulation,
            Machine<S> machine,
            Function<String, Optional<Objective>> objectives,
            DecisionWriter out) {
        simulation.onDecision(new DecisionRecorder<>(simulation, machine, objectives, out)::decided);
    }

    private void decided(Decision decision) {
        long number = out.decided(decision);
        bound.computeIfAbsent(
                        decision.choice(),
                        choice -> objectives.apply(choice).map(objective -> new BoundObjective<>(machine, objective)))
                .ifPresent(objective -> watch(decision.node(), number, objective));
    }

    private void watch(NodeId node, long number, BoundObjective<S> objective) {
        outcomes.watch(
                node,
                objective,
                cost -> out.became(
                        node,
                        number,
                        new KeptDecision.Outcome(
                                objective.objective().horizon().toNanos(),
                                KeptDecision.Outcome.firstGoal(objective.objective()),
                                objective.terms() - KeptDecision.FIRST_GOAL,
                                cost)));
    }
}
