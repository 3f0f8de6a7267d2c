package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.eval.microraft.Deployment.Flushing;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.FaultDriver;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import io.microraft.RaftConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A group of three, of whom one crashes for two seconds, and then the power fails. */
final class PowerFailureTest {
    private final RaftTrial trial =
            new RaftTrial(Deployment.ofThrees(1, RaftConfig.DEFAULT_RAFT_CONFIG, Flushing.AT_ONCE), 1);
    private final Stage stage = trial.stage();

    private void crashAt(Duration time) {
        new FaultDriver(stage, Duration.ofMinutes(1), node -> {})
                .play(
                        FaultMix.parse("crash 1/min for 2s"),
                        1,
                        Optional.of(List.of(new FaultOccurrence(FaultKind.CRASH, time, 1))));
    }

    private long upAt(long millis) {
        trial.runUntil(Duration.ofMillis(millis));
        return stage.nodes().stream().filter(stage::isUp).count();
    }

    @Test
    void whoCrashedJustBeforeStaysDownInTheDarkAndComesBackWithTheOthers() {
        crashAt(Duration.ofSeconds(1));
        PowerFailure.at(Duration.ofMillis(2500), stage.nodes(), stage);
        assertEquals(2, upAt(2400));
        assertEquals(0, upAt(2600));
        assertEquals(0, upAt(3400), "the crash would be over");
        assertEquals(3, upAt(3600));
    }

    @Test
    void whoWouldBeDownForLongerComesBackWithThePower() {
        crashAt(Duration.ofSeconds(2));
        PowerFailure.at(Duration.ofMillis(2500), stage.nodes(), stage);
        assertEquals(2, upAt(2400));
        assertEquals(3, upAt(3600));
    }

    @Test
    void aSecondFailureInTheDarkProlongsIt() {
        PowerFailure.at(Duration.ofSeconds(1), stage.nodes(), stage);
        PowerFailure.at(Duration.ofMillis(1500), stage.nodes(), stage);
        assertEquals(0, upAt(2100));
        assertEquals(3, upAt(2600));
    }
}
