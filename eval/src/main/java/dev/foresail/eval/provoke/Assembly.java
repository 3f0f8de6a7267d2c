package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.consensus.Paxos;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;

/** Three nodes of {@link Paxos}, amid others that take no part, of which one after the other is cut off. On the stage's thread. */
final class Assembly {
    static final int NODES = 3;

    private static final Duration CUT = Duration.ofSeconds(2);
    /** A cut is over, and whoever still had to notice it has. */
    private static final Duration HEALED = CUT.plus(Stage.CUT_NOTICED_AFTER);

    private final Stage stage;
    private final Steps steps;
    private final List<NodeId> members;

    Assembly(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.members = stage.nodes().subList(0, NODES);
    }

    /** Starts all nodes, and goes on once the first two have agreed and the third is not cut off any more. */
    void agreeWithoutThird(Runnable then) {
        stage.nodes().forEach(stage::start);
        cutOff(members.get(2));
        propose(members.get(0), 10);
        Runnable agreed =
                () -> steps.when("two have agreed", () -> hasLearnt(members.get(0)) && hasLearnt(members.get(1)), then);
        steps.after(HEALED, agreed);
    }

    /** Ends the run once all have learnt something, with the first cut off for a while. */
    void proposeWithoutFirst(NodeId proposer) {
        cutOff(members.get(0));
        propose(proposer, 20);
        steps.after(HEALED, () -> steps.settle(() -> members.stream().allMatch(this::hasLearnt)));
    }

    private void cutOff(NodeId away) {
        members.stream().filter(other -> !other.equals(away)).forEach(other -> stage.cut(away, other, CUT));
    }

    private void propose(NodeId node, int value) {
        stage.call(node, "propose", List.of(value));
    }

    private boolean hasLearnt(NodeId node) {
        return stage.state(node)
                .map(Paxos.class::cast)
                .filter(state -> !state.chosen().isEmpty())
                .isPresent();
    }
}
