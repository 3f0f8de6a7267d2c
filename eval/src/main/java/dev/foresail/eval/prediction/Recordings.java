package dev.foresail.eval.prediction;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays the schedule and gives the moments that were recorded in it. */
final class Recordings {
    private static final int ATTEMPTS = 10;
    private static final int PREDICTION_THREADS = 1;

    private Recordings() {}

    /**
     * Live nodes on this machine with emulated wide-area links. Blocks for some ten seconds.
     *
     * @param most how many moments at most
     */
    static <S> List<Moment<S>> live(Variant<S> variant, int nodes, long seed, int most) {
        LiveStageSettings<S> settings = new LiveStageSettings<>(
                variant.machine(),
                variant.parameters(),
                SimulatedTrial.ids(nodes),
                SyntheticWideArea.generate(nodes, seed),
                seed,
                seed,
                variant.resolver(),
                NodeSettings.DEFAULT,
                PREDICTION_THREADS,
                SteeringMode.OFF);
        try (LiveStage<S> stage = new LiveStage<>(settings)) {
            RejoinRecording<S> recording = new RejoinRecording<>(() -> stage.snapshot(ATTEMPTS));
            stage.play(recording, ParameterValues.read(recording.parameters(), Map.of()), recording.duration(nodes));
            return moments(variant, seed, recording.recorded(), most);
        }
    }

    /** The same in the simulator: the same seed gives the same moments. */
    static <S> List<Moment<S>> simulated(Variant<S> variant, int nodes, long seed, int most) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                variant.machine(),
                variant.parameters(),
                SimulatedTrial.ids(nodes),
                SyntheticWideArea.generate(nodes, seed),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation =
                new Simulation<>(settings, ResolverFactory.of(variant.resolver(), variant.machine()));
        RejoinRecording<S> recording = new RejoinRecording<>(() -> Optional.of(simulation.snapshot()));
        recording.play(simulation, ParameterValues.read(recording.parameters(), Map.of()));
        simulation.runUntil(recording.duration(nodes));
        return moments(variant, seed, recording.recorded(), most);
    }

    /** Those with the most in flight, in the order of time: they are the hardest. */
    private static <S> List<Moment<S>> moments(
            Variant<S> variant, long seed, List<SystemSnapshot<S>> recorded, int most) {
        List<Moment<S>> moments = new ArrayList<>();
        for (SystemSnapshot<S> snapshot : recorded) {
            Moment.of(seed, variant.machine(), snapshot).ifPresent(moments::add);
        }
        List<Moment<S>> hardest = moments.stream()
                .sorted(Comparator.<Moment<S>>comparingInt(Moment::inFlight).reversed())
                .limit(most)
                .toList();
        return moments.stream().filter(hardest::contains).toList();
    }
}
