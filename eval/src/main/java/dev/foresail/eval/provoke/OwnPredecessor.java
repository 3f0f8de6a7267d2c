package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.chord.Chord;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * CH-1: the second node loses its state without anybody noticing. The first one, its predecessor, notices as it uses the
 * connection, and learns of it once more from the third, which has not noticed. So when the node joins again at the first
 * one, the answer names itself as its successor, and that is whom it tells that it is there. Before it hears that, the first
 * one fails. The node before that one, which would now tell that it comes before the second, is slow.
 *
 * <p>What a node sends to itself must take longer than the news of a crash ({@link SlowToItself}); else it never comes to it.
 */
public final class OwnPredecessor extends KnownBug {
    static final int LEAST_NODES = 3;

    private static final Duration RUMOUR_PATIENCE = Duration.ofSeconds(3);
    private static final Duration SLOW = SlowToItself.DELAY.multipliedBy(2);
    private static final int MOST_ATTEMPTS = 5;

    public OwnPredecessor() {
        super("ch-1", LEAST_NODES);
    }

    @Override
    public Duration duration(int nodes) {
        return Duration.ofMinutes(10);
    }

    @Override
    void provoke(Stage stage) {
        new Circle(stage).begin();
    }

    /** One play of it. */
    private static final class Circle {
        private final Stage stage;
        private final Steps steps;
        private final List<NodeId> nodes;
        private final NodeId before;
        private final NodeId lost;
        private final NodeId slow;

        Circle(Stage stage) {
            this.stage = stage;
            this.steps = new Steps(stage);
            this.nodes = stage.nodes();
            this.before = nodes.get(0);
            this.lost = nodes.get(1);
            this.slow = nodes.get(nodes.size() - 1);
        }

        void begin() {
            nodes.forEach(stage::start);
            join(before, before);
            joinFrom(1);
        }

        private void joinFrom(int index) {
            if (index == nodes.size()) {
                steps.when("the ring is closed", this::isClosed, () -> lose(1));
                return;
            }
            join(nodes.get(index), before);
            steps.when("a node has joined", () -> isJoined(nodes.get(index)), () -> joinFrom(index + 1));
        }

        /** Whether the rumour of the lost node lives on is a matter of what was under way just then. */
        private void lose(int attempt) {
            steps.when("nobody waits for its answer", this::isIdle, () -> {
                stage.silentReset(lost);
                Runnable again = () -> loseAgain(attempt);
                steps.within(
                        RUMOUR_PATIENCE,
                        () -> !isNext(before, lost),
                        () -> steps.within(RUMOUR_PATIENCE, () -> isNext(before, lost), this::fail, again),
                        again);
            });
        }

        /** Nodes that ask all their neighbours for checkpoints may be too quick to notice: then nothing is provoked. */
        private void loseAgain(int attempt) {
            join(lost, before);
            if (attempt == MOST_ATTEMPTS) {
                steps.settle(this::isClosed);
            } else {
                steps.when("the ring is closed again", this::isClosed, () -> lose(attempt + 1));
            }
        }

        /** A node that waits for an answer that was lost does not use the connection, and so notices nothing. */
        private boolean isIdle() {
            return at(before).filter(state -> state.asked().isEmpty()).isPresent();
        }

        private void fail() {
            stage.pause(slow, SLOW);
            join(lost, before);
            steps.when("the lost node is back", () -> isJoined(lost), () -> {
                stage.crash(before, Duration.ZERO);
                steps.after(SLOW, this::restore);
            });
        }

        /** The node that is down comes back, so that the ring is whole in the end. */
        private void restore() {
            stage.restartAnew(before);
            join(before, slow);
            steps.settle(this::isClosed);
        }

        private void join(NodeId node, NodeId known) {
            stage.call(node, "join", List.of(known));
        }

        private Optional<Chord> at(NodeId node) {
            return stage.state(node).map(Chord.class::cast);
        }

        private boolean isJoined(NodeId node) {
            return at(node).filter(Chord::isJoined).isPresent();
        }

        private boolean isNext(NodeId node, NodeId successor) {
            return at(node).stream()
                    .flatMap(state -> state.successors().stream().limit(1))
                    .anyMatch(successor::equals);
        }

        /** Whether each node that is up has the next one for its successor and is that one's predecessor. */
        private boolean isClosed() {
            List<NodeId> up = nodes.stream().filter(stage::isUp).toList();
            for (int index = 0; index < up.size(); index++) {
                NodeId node = up.get(index);
                NodeId next = up.get((index + 1) % up.size());
                Optional<Chord> after = at(next);
                boolean isKnown = after.isPresent()
                        && after.get().isJoined()
                        && after.get().predecessor().equals(Optional.of(node));
                if (!isKnown || !isNext(node, next)) {
                    return false;
                }
            }
            return true;
        }
    }
}
