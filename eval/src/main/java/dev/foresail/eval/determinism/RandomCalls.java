package dev.foresail.eval.determinism;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/** All nodes start, and the application calls some of them at random times. Stateless. */
final class RandomCalls implements Scenario {
    private static final Duration LENGTH = Duration.ofSeconds(2);
    private static final int CALLS = 20;
    private static final int NUMBERS = 5;

    private final String call;

    /** @param call what the application calls, with a number */
    RandomCalls(String call) {
        this.call = call;
    }

    @Override
    public String name() {
        return "random-calls";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public Duration duration(int nodes) {
        return LENGTH;
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        stage.at(Duration.ZERO, () -> stage.nodes().forEach(stage::start));
        for (int number = 0; number < CALLS; number++) {
            NodeId node = stage.nodes().get(stage.random().nextInt(stage.nodes().size()));
            int way = stage.random().nextInt(NUMBERS);
            stage.at(Duration.ofMillis(stage.random().nextInt((int) LENGTH.toMillis())), () -> {
                if (stage.isUp(node)) {
                    stage.call(node, call, List.of(way));
                }
            });
        }
    }
}
