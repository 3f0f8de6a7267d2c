package dev.foresail.predictor.scenario;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.time.Duration;
import java.util.List;

/** The scenario of a protocol that brings none: all nodes start at once, and each gets the same calls. */
public final class StartAll implements Scenario {
    private final List<Event.Call> calls;

    public StartAll(List<Event.Call> calls) {
        this.calls = List.copyOf(calls);
    }

    @Override
    public String name() {
        return "start-all";
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(1);
    }

    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        stage.at(Duration.ZERO, () -> {
            stage.nodes().forEach(stage::start);
            stage.nodes().forEach(node -> call(stage, node));
        });
    }

    @Override
    public void restarted(Stage stage, NodeId node, List<Object> parameterValues) {
        call(stage, node);
    }

    private void call(Stage stage, NodeId node) {
        calls.forEach(call -> stage.call(node, call.name(), call.arguments()));
    }
}
