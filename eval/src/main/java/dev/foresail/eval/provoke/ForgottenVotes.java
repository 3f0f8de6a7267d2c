package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/**
 * PX-2: the first two of three nodes agree while the third is cut off. Then the second crashes and comes back, the first is cut
 * off, and the third proposes something else: the second promises to accept it, as if it never had accepted anything.
 */
public final class ForgottenVotes implements Scenario {
    private static final Duration DOWN = Duration.ofMillis(300);

    @Override
    public String name() {
        return "px-2";
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
        NodeId third = stage.nodes().get(2);
        Assembly assembly = new Assembly(stage);
        assembly.agreeWithoutThird(() -> {
            stage.crash(second, Duration.ZERO);
            new Steps(stage).after(DOWN, () -> {
                stage.restart(second);
                assembly.proposeWithoutFirst(third);
            });
        });
    }
}
