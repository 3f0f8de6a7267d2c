package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All members of a group are without power for a while: those too that were down when it failed come back at its end, and not before. */
final class PowerFailure {
    static final Duration DARK_FOR = Duration.ofSeconds(1);

    private PowerFailure() {}

    /** Of failures that overlap, the last end counts. */
    static void at(Duration time, List<NodeId> group, Stage stage) {
        stage.at(time, () -> {
            SortedMap<NodeId, Long> crashes = new TreeMap<>();
            group.forEach(member -> {
                stage.crash(member, Duration.ZERO);
                crashes.put(member, stage.latestCrash(member));
            });
            stage.at(
                    time.plus(DARK_FOR),
                    () -> crashes.forEach((member, crash) -> {
                        if (stage.isDownSince(member, crash)) {
                            stage.restart(member);
                        }
                    }));
        });
    }
}
