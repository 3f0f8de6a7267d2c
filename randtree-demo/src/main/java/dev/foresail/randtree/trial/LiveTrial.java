package dev.foresail.randtree.trial;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.randtree.schedule.TreeSchedule;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveOutcome;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import java.util.Map;

/** One run of the schedule with live nodes on this machine's loopback addresses. */
public final class LiveTrial {
    private static final int PREDICTION_THREADS = 1;

    private LiveTrial() {}

    /**
     * Deploys the nodes, plays the schedule in real time and ends the nodes. Blocks.
     *
     * @param topology what the links emulate
     * @param schedule values of {@link TreeSchedule#parameters}
     */
    public static <S> LiveOutcome run(
            Variant<S> variant, int nodes, long seed, Map<String, String> schedule, Topology topology) {
        TreeSchedule scenario = new TreeSchedule();
        LiveStageSettings<S> settings = new LiveStageSettings<>(
                variant.machine(),
                variant.parameters(),
                SimulatedTrial.ids(nodes),
                topology,
                seed,
                seed,
                variant.resolver(),
                NodeSettings.DEFAULT,
                PREDICTION_THREADS,
                SteeringMode.OFF);
        try (LiveStage<S> stage = new LiveStage<>(settings)) {
            return stage.play(
                    scenario, ParameterValues.read(scenario.parameters(), schedule), scenario.duration(nodes));
        }
    }
}
