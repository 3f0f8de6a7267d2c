package dev.foresail.steering.live;

import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A scenario out of what a test does with the stage. */
record Played(Consumer<Stage> actions) implements Scenario {
    @Override
    public String name() {
        return "played";
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofSeconds(30);
    }

    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        actions.accept(stage);
    }
}
