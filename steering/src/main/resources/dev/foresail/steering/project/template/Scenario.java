package {{package}};

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What happens from outside: all nodes start, the second and later ones work for the first, then requests arrive. Every
 * 100 ms the longest backlog is measured; its mean and its maximum are figures of the run.
 */
public final class {{Class}}Scenario implements Scenario {
    private static final Duration STEP = Duration.ofMillis(100);

    @Override
    public String name() {
        return "{{name}}";
    }

    @Override
    public List<ParameterDescription> parameters() {
        return List.of(new ParameterDescription("warmUp", Duration.class, Optional.of("1s")));
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(2);
    }

    @Override
    public void play(Stage stage, List<Object> parameterValues) {
        Duration warmUp = (Duration) parameterValues.get(0);
        NodeId front = stage.nodes().get(0);
        List<NodeId> workers = stage.nodes().subList(1, stage.nodes().size());
        stage.at(Duration.ZERO, () -> {
            stage.nodes().forEach(stage::start);
            workers.forEach(worker -> stage.call(worker, "enlist", List.of(front)));
        });
        stage.at(warmUp, () -> {
            stage.call(front, "open", List.of());
            new Measurement(stage, workers).take();
        });
    }

    /** A node has come back after a fault ('--faults'): requests arrive again, or the worker offers itself again. */
    @Override
    public void restarted(Stage stage, NodeId node, List<Object> parameterValues) {
        NodeId front = stage.nodes().get(0);
        if (node.equals(front)) {
            stage.call(front, "open", List.of());
        } else {
            stage.call(node, "enlist", List.of(front));
        }
    }

    private static final class Measurement {
        private final Stage stage;
        private final List<NodeId> workers;
        private long sum;
        private long count;
        private long longest;

        Measurement(Stage stage, List<NodeId> workers) {
            this.stage = stage;
            this.workers = workers;
        }

        void take() {
            long now = 0;
            for (NodeId worker : workers) {
                now = Math.max(now, stage.state(worker).map(state -> (({{Class}}) state).backlogMillis).orElse(0));
            }
            sum += now;
            count++;
            longest = Math.max(longest, now);
            stage.record("longestBacklogMillisMean", (double) sum / count);
            stage.record("longestBacklogMillisMax", longest);
            stage.at(stage.now().plus(STEP), this::take);
        }
    }
}
