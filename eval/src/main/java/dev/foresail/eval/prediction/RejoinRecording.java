package dev.foresail.eval.prediction;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.randtree.schedule.TreeSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The demo's schedule, of which snapshots of the whole system are taken from the moment on when the first of the failed
 * nodes comes back. Plays once, on the stage's thread.
 */
final class RejoinRecording<S> implements Scenario {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration BETWEEN = Duration.ofMillis(60);
    /** Nodes come back for a second; after that the tree settles. */
    private static final int MOST = 25;

    private final TreeSchedule schedule = new TreeSchedule();
    private final Supplier<Optional<SystemSnapshot<S>>> recorder;
    private final List<SystemSnapshot<S>> recorded = new ArrayList<>();
    private boolean failed;

    /** @param recorder takes a consistent snapshot of the stage, or says that there was none just now */
    RejoinRecording(Supplier<Optional<SystemSnapshot<S>>> recorder) {
        this.recorder = recorder;
    }

    /** What was recorded; to be read when the stage has ended. */
    List<SystemSnapshot<S>> recorded() {
        return List.copyOf(recorded);
    }

    @Override
    public String name() {
        return schedule.name();
    }

    @Override
    public List<ParameterDescription> parameters() {
        return schedule.parameters();
    }

    @Override
    public Duration duration(int nodes) {
        return schedule.duration(nodes);
    }

    @Override
    public void play(Stage stage, List<Object> values) {
        schedule.play(stage, values);
        stage.at(POLL, () -> watch(stage, 0));
    }

    /** Nodes only start until the failure, and only come back after it: less than before is the failure. */
    private void watch(Stage stage, int before) {
        int running = running(stage);
        failed |= running < before;
        if (failed && running > before) {
            record(stage);
        } else {
            stage.at(stage.now().plus(POLL), () -> watch(stage, running));
        }
    }

    private static int running(Stage stage) {
        return (int) stage.nodes().stream().filter(stage::isUp).count();
    }

    private void record(Stage stage) {
        recorder.get().ifPresent(recorded::add);
        if (recorded.size() < MOST) {
            stage.at(stage.now().plus(BETWEEN), () -> record(stage));
        }
    }
}
