package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;

/**
 * PX-2: the first two of three nodes agree while the third is cut off. Then the second crashes and comes back, the first is cut
 * off, and the third proposes something else: the second promises to accept it, as if it never had accepted anything.
 */
public final class ForgottenVotes extends KnownBug {
    private static final Duration DOWN = Duration.ofMillis(300);

    public ForgottenVotes() {
        super("px-2", Assembly.NODES);
    }

    @Override
    void provoke(Stage stage) {
        NodeId second = stage.nodes().get(1);
        NodeId third = stage.nodes().get(2);
        Assembly assembly = new Assembly(stage);
        assembly.agreeWithoutThird(() -> {
            stage.crash(second, Duration.ZERO);
            new Steps(stage).after(DOWN, () -> {
                stage.restart(second);
                assembly.proposeWithoutFirst(third);
            });
        });
    }
}
