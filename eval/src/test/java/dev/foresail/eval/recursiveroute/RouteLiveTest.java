package dev.foresail.eval.recursiveroute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The same layers over TCP. */
final class RouteLiveTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);

    /** Node 1 sends to node 4; node 3, on the way, is ended, and messages go past it. Then node 4 is ended, to which there is no other way. */
    private static final class Killed implements Scenario {
        private List<String> outcomes = List.of();

        @Override
        public String name() {
            return "killed";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(10);
        }

        @Override
        public void play(Stage stage, List<Object> values) {
            stage.nodes().forEach(stage::start);
            send(stage);
            whenEnded(1, stage, () -> {
                stage.crash(THREE, Duration.ZERO, Duration.ZERO);
                send(stage);
            });
            whenEnded(2, stage, () -> {
                stage.crash(FOUR, Duration.ZERO, Duration.ZERO);
                send(stage);
            });
            whenEnded(3, stage, stage::finish);
        }

        private static void send(Stage stage) {
            stage.call(ONE, "dispatch", List.of(4L));
        }

        private void whenEnded(int messages, Stage stage, Runnable action) {
            stage.at(stage.now().plusMillis(20), () -> {
                outcomes = List.copyOf(((Stack) stage.state(ONE).orElseThrow())
                        .layer(Dispatches.class)
                        .outcomes
                        .values());
                if (outcomes.size() >= messages) {
                    action.run();
                } else {
                    whenEnded(messages, stage, action);
                }
            });
        }
    }

    @Test
    void messagesGoPastANodeThatIsEndedAndWhatCannotGetThroughIsTold() {
        StackMachine machine = (StackMachine) Machines.of(RouteLiveTest.class.getClassLoader())
                .matches("dispatches/recursive-route/static-ring")
                .get(0);
        Map<String, String> settings = Map.of("members", "5", "hopTimeout", "200ms", "attempts", "2");
        Killed scenario = new Killed();
        new LiveStage<>(new LiveStageSettings<>(
                        machine,
                        ParameterValues.read(machine.parameters(), new TreeMap<>(settings)),
                        LongStream.rangeClosed(1, 5).mapToObj(NodeId::of).toList(),
                        new UniformTopology(5, 2_000_000),
                        1,
                        2,
                        ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                        NodeSettings.DEFAULT,
                        1,
                        SteeringMode.OFF))
                .play(scenario, List.of(), Duration.ofSeconds(10));
        assertEquals(List.of("delivered", "delivered"), scenario.outcomes.subList(0, 2));
        assertEquals(3, scenario.outcomes.size());
        assertNotEquals("delivered", scenario.outcomes.get(2));
    }
}
