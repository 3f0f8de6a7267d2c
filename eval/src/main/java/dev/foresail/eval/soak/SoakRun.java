package dev.foresail.eval.soak;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.experiment.Memory;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveOutcome;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Deploys RandTree live, plays a {@link SoakScenario} on it, and looks at what is left when all is closed. */
final class SoakRun {
    private static final long LEFT_PATIENCE_MILLIS = 10_000;
    private static final Map<String, String> PARAMETERS = Map.of("joinTimeout", "2s", "recoveryTimeout", "1s");

    private SoakRun() {}

    /**
     * What came of a run.
     *
     * @param samples of memory while there were faults, in order
     * @param health empty when the end was asked for before
     * @param stuck the nodes that did not answer a call in the end
     * @param live of all nodes and their incarnations together
     */
    record Outcome(
            SoakPlan plan,
            List<Memory.Sample> samples,
            Map<Fault, Long> injected,
            CallCounts calls,
            Optional<Health> health,
            Duration healing,
            List<NodeId> stuck,
            double slowestAnswerMillis,
            LiveOutcome live,
            Left left) {}

    /** The application's calls. */
    record CallCounts(long made, long handled, long refused, long unanswered) {}

    /**
     * What is left when all is closed.
     *
     * @param open such as "2 socket"; empty where the system does not tell
     */
    record Left(List<String> threads, Optional<List<String>> open, long openCount) {}

    /** Blocks until all nodes are closed. */
    static Outcome play(SoakPlan plan, Interruption interruption) throws InterruptedException {
        RandTreeMachine machine = new RandTreeMachine();
        LiveStageSettings<RandTree> settings = new LiveStageSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), PARAMETERS),
                LongStream.rangeClosed(1, plan.nodes()).mapToObj(NodeId::of).toList(),
                SyntheticWideArea.generate(plan.nodes(), plan.seed()),
                plan.seed(),
                plan.seed(),
                ResolverSettings.predicted(Variant.meanDepth()),
                NodeSettings.DEFAULT.withIsolateFailures(true),
                1,
                SteeringMode.STEER);
        Census before = Census.take();
        SoakScenario scenario;
        LiveOutcome live;
        try (Progress progress = Progress.onStandardError("soaking");
                LiveStage<RandTree> stage = new LiveStage<>(settings)) {
            scenario = new SoakScenario(plan, stage, interruption, progress);
            live = stage.play(scenario, List.of(), plan.limit());
        }
        Census after = Census.takeLater(before, LEFT_PATIENCE_MILLIS);
        Calls calls = scenario.calls();
        return new Outcome(
                plan,
                scenario.samples(),
                scenario.injected(),
                new CallCounts(calls.made(), calls.handled(), calls.refused(), calls.unanswered()),
                scenario.health(),
                scenario.healing(),
                scenario.stuck(),
                scenario.slowestAnswerNanos() / 1e6,
                live,
                new Left(after.threadsSince(before), after.openSince(before), after.openCountSince(before)));
    }
}
