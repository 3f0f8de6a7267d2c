package dev.foresail.eval.overcast;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The first node is there from the beginning, and the others come one after the other. Notes {@code meanBytesPerSecond}: how much of the stream a node that is not the source gets, in the mean over the nodes, from
 * {@code settledAfter} to the end.
 */
public final class OvercastScenario implements Scenario {
    @Override
    public String name() {
        return "overcast";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("joinWithin", Duration.class, Optional.of("30s")),
                new ParameterDescription("settledAfter", Duration.class, Optional.of("2m")),
                new ParameterDescription("measuredFor", Duration.class, Optional.of("1m")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(3);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        Duration joinWithin = (Duration) values.get(0);
        Duration settledAfter = (Duration) values.get(1);
        Duration measuredFor = (Duration) values.get(2);
        List<NodeId> nodes = stage.nodes();
        for (int index = 0; index < nodes.size(); index++) {
            NodeId node = nodes.get(index);
            stage.at(joinWithin.multipliedBy(index).dividedBy(nodes.size()), () -> stage.start(node));
        }
        stage.at(settledAfter, () -> {
            long before = receivedBytes(stage);
            stage.at(settledAfter.plus(measuredFor), () -> {
                double seconds = measuredFor.toNanos() / 1e9;
                double receivers = StrictMath.max(1, nodes.size() - 1);
                stage.record("meanBytesPerSecond", (receivedBytes(stage) - before) / seconds / receivers);
                stage.finish();
            });
        });
    }

    private static long receivedBytes(Stage stage) {
        return stage.nodes().stream()
                .flatMap(node -> stage.state(node).stream())
                .mapToLong(state -> ((OvercastNode) state).receivedBytes)
                .sum();
    }
}
