package dev.foresail.eval.gossip;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All nodes start at once, and the first ones are told the rumour. The default scenario of the protocol {@code gossip}. */
public final class GossipScenario implements Scenario {
    @Override
    public String name() {
        return "gossip";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("sources", Integer.class, Optional.of("1")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(1);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        int sources = (Integer) values.get(0);
        List<NodeId> nodes = stage.nodes();
        if (sources < 1 || sources > nodes.size()) {
            throw new IllegalArgumentException("sources is 1 to " + nodes.size() + ", not " + sources);
        }
        stage.at(Duration.ZERO, () -> {
            nodes.forEach(stage::start);
            nodes.subList(0, sources).forEach(node -> stage.call(node, "tell", List.of()));
        });
    }
}
