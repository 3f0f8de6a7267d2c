package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.objective.Recording;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.function.Function;

/**
 * Writes down the decisions of a simulation, and a horizon later what became of each: what the first goal of its objective came to meanwhile, asked
 * at the times at which roll-outs are, in the sight of the node that decided, itself and those that were its neighbours. Nothing of it gets back into the run. For one thread, the
 * simulation's.
 */
public final class DecisionRecorder<S> {
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
        double[] unknownLink = new double[objective.usesLinks() ? LinkFigure.values().length : 0];
        Arrays.fill(unknownLink, Double.NaN);
        Recording<S> recording = objective.begin(unknownLink);
        follow(objective, recording, sight, simulation.now(), cost -> {
            KeptDecision.Outcome outcome = new KeptDecision.Outcome(
                    objective.objective().horizon().toNanos(),
                    objective.goal(KeptDecision.FIRST_GOAL),
                    objective.terms() - KeptDecision.FIRST_GOAL,
                    cost);
            out.became(node, number, outcome);
        });
    }

    /** Looks at the run at each time that the objective names, as a roll-out does, and tells what it came to. */
    private void follow(
            BoundObjective<S> objective,
            Recording<S> recording,
            SortedSet<NodeId> sight,
            Duration began,
            DoubleConsumer cost) {
        Duration horizon = objective.objective().horizon();
        Duration next = Duration.ofNanos(recording.nextNanos());
        boolean isLast = next.compareTo(horizon) >= 0;
        simulation.at(began.plus(isLast ? horizon : next), () -> {
            try {
                if (isLast) {
                    cost.accept(cost(objective.costs(List.of(recording.end(view(sight), 0)))));
                    return;
                }
                recording.sample(view(sight));
            } catch (RuntimeException thrown) {
                cost.accept(Double.NaN);
                return;
            }
            follow(objective, recording, sight, began, cost);
        });
    }

    private static double cost(double[] costs) {
        return costs[0] > 0 ? Double.POSITIVE_INFINITY : costs[KeptDecision.FIRST_GOAL];
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
