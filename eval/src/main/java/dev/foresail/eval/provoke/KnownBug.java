package dev.foresail.eval.provoke;

import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/** A scenario without parameters that leads a deployment into a known bug. */
abstract class KnownBug implements Scenario {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final String name;
    private final int leastNodes;

    KnownBug(String name, int leastNodes) {
        this.name = name;
        this.leastNodes = leastNodes;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public Duration duration(int nodes) {
        return LONGEST;
    }

    /** @throws IllegalArgumentException when there are too few nodes */
    @Override
    public final void play(Stage stage, List<Object> parameterValues) {
        Steps.checkSize(stage, leastNodes);
        provoke(stage);
    }

    abstract void provoke(Stage stage);
}
