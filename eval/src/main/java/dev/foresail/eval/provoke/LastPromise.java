package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/**
 * PX-1: the first two of three nodes agree while the third is cut off. Then the first is cut off, and the second proposes
 * something else: the last promise it gets is that of the third, which has accepted nothing.
 */
public final class LastPromise implements Scenario {
    @Override
    public String name() {
        return "px-1";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(5);
    }

    /** @throws IllegalArgumentException when there are less than three nodes */
    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        Steps.checkSize(stage, Assembly.NODES);
        NodeId second = stage.nodes().get(1);
        Assembly assembly = new Assembly(stage);
        assembly.agreeWithoutThird(() -> assembly.proposeWithoutFirst(second));
    }
}
