package dev.foresail.eval.vivaldi;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Nodes come one after the other, and each is told of one that is there. The default scenario of the protocol {@code vivaldi}. */
public final class VivaldiScenario implements Scenario {
    @Override
    public String name() {
        return "vivaldi";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("joinWithin", Duration.class, Optional.of("10s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /** @param values {@code joinWithin}: until the last node is there */
    @Override
    public void play(Stage stage, List<Object> values) {
        Duration joinWithin = (Duration) values.get(0);
        List<NodeId> nodes = stage.nodes();
        stage.start(nodes.get(0));
        for (int index = 1; index < nodes.size(); index++) {
            NodeId node = nodes.get(index);
            NodeId known = nodes.get(stage.random().nextInt(index));
            stage.at(joinWithin.multipliedBy(index).dividedBy(nodes.size()), () -> {
                stage.start(node);
                stage.call(node, "meet", List.of(known));
            });
        }
    }
}
