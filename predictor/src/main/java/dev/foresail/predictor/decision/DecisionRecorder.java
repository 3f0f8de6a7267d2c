package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes down the decisions of a simulation, and a horizon later what became of each: what the first goal of its objective then
 * comes to in the sight of the node that decided, itself and those that were its neighbours. Nothing of it gets back into the run. For one thread, the
 * simulation's.
 */
public final class DecisionRecorder<S> {
    private static final int FIRST_GOAL = 1;

    private final Simulation<S> simulation;
    private final Machine<S> machine;
    private final Function<String, Optional<Objective>> objectives;
    private final Map<String, Optional<BoundObjective<S>>> bound = new HashMap<>();
    private final DecisionWriter out;

    private DecisionRecorder(
            Simulation<S> simulation,
            Machine<S> machine,
            Function<String, Optional<Objective>> objectives,
            DecisionWriter out) {
        this.simulation = simulation;
        this.machine = machine;
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
        SortedSet<NodeId> sight = sight(node);
        Duration horizon = objective.objective().horizon();
        simulation.at(simulation.now().plus(horizon), () -> {
            KeptDecision.Outcome outcome = new KeptDecision.Outcome(
                    horizon.toNanos(),
                    objective.goal(FIRST_GOAL),
                    objective.terms() - FIRST_GOAL,
                    cost(objective, sight));
            out.became(node, number, outcome);
        });
    }

    /** NaN too when the author's code throws over it. */
    private double cost(BoundObjective<S> objective, SortedSet<NodeId> sight) {
        double[] unknownLink = new double[objective.usesLinks() ? LinkFigure.values().length : 0];
        Arrays.fill(unknownLink, Double.NaN);
        try {
            double[] costs = objective.costs(view(sight), unknownLink);
            return costs[0] > 0 ? Double.POSITIVE_INFINITY : costs[FIRST_GOAL];
        } catch (RuntimeException thrown) {
            return Double.NaN;
        }
    }

    private SortedSet<NodeId> sight(NodeId node) {
        SortedSet<NodeId> sight = new TreeSet<>();
        simulation.checkpoint(node).ifPresent(own -> sight.addAll(neighbours(own)));
        sight.add(node);
        return sight;
    }

    /** Those who are none when the author's code cannot say who they are. */
    private SortedSet<NodeId> neighbours(Checkpoint<S> own) {
        SortedSet<NodeId> open = own.openChannels();
        try {
            return machine.neighbours(own.state())
                    .<SortedSet<NodeId>>map(TreeSet::new)
                    .orElse(open);
        } catch (RuntimeException thrown) {
            return open;
        }
    }

    private PictureView<S> view(SortedSet<NodeId> sight) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        for (NodeId node : sight) {
            simulation.checkpoint(node).ifPresent(checkpoint -> {
                SortedMap<NodeId, Channel> channels = new TreeMap<>();
                checkpoint.channels().forEach((peer, channel) -> channels.put(peer, channel.restore()));
                pictures.put(node, new Picture<>(checkpoint.state(), channels, 0));
            });
        }
        return new PictureView<>(machine, pictures, false);
    }
}
