package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.objective.BoundObjective;
import dev.foresail.predictor.objective.Recording;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/**
 * What decisions come to in a simulation as it is: what the first goal of their objective comes to within its horizon, in the sight of the node that decided. Only looks. For one thread, the
 * simulation's.
 */
final class RunOutcomes<S> {
    private final Simulation<S> simulation;
    private final Machine<S> machine;

    RunOutcomes(Simulation<S> simulation, Machine<S> machine) {
        this.simulation = simulation;
        this.machine = machine;
    }

    /**
     * Follows a decision that is taken now.
     *
     * @param cost is told a horizon later; infinite when a safety property was violated, NaN when it cannot be told
     */
    void watch(NodeId node, BoundObjective<S> objective, DoubleConsumer cost) {
        double[] unknownLink = new double[objective.usesLinks() ? LinkFigure.values().length : 0];
        Arrays.fill(unknownLink, Double.NaN);
        follow(objective, objective.begin(unknownLink), sight(node), simulation.now(), cost);
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
