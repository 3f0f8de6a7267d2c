package dev.foresail.eval.steering;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.scenario.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Three nodes that shall agree, while one after the other is out of reach: each in its turn proposes what it wishes, and
 * while it does another than the last time is cut off from both others, or pauses. Between two turns all is well for a while,
 * but that one of those that will not be out of reach may crash and come back. Times are drawn evenly from nothing to {@code longest} (the pauses of CrystalBall's
 * evaluation, papers.md 1.7, are of 0 to 20 s).
 *
 * @param longest of each cut, each pause of a node, and each time between two turns
 * @param pauses the share of turns in which a node pauses instead of being cut off, from 0 to 1
 * @param crashes the share of times between turns in which a node crashes, from 0 to 1
 */
record ConsensusTurmoil(Duration longest, double pauses, double crashes) {
    /** How many times shorter than the others the cuts between any two are. */
    private static final int INTERRUPTION = 4;

    /** Plays it on a stage whose nodes have not been started; gives when the last of it is over. */
    Duration play(Stage stage) {
        RandomGenerator random = stage.random();
        List<NodeId> turns = shuffled(stage.nodes(), random);
        stage.nodes().forEach(stage::start);
        NodeId away = turns.get(0);
        Duration time = Duration.ZERO;
        for (int turn = 0; turn < turns.size(); turn++) {
            NodeId proposer = turns.get(turn);
            NodeId before = away;
            List<NodeId> candidates = turns.stream()
                    .filter(node -> !node.equals(proposer) && !node.equals(before))
                    .toList();
            NodeId next = candidates.get(random.nextInt(candidates.size()));
            away = next;
            Duration between = upTo(longest, random);
            if (random.nextDouble() < crashes) {
                List<NodeId> others =
                        turns.stream().filter(node -> !node.equals(next)).toList();
                crash(stage, others.get(random.nextInt(others.size())), time, between);
            }
            time = time.plus(between);
            Duration lasts = upTo(longest, random);
            leave(stage, away, time, lasts);
            interrupt(stage, time.plus(upTo(lasts, random)));
            int wish = 10 * (turn + 1);
            stage.at(time.plus(upTo(lasts, random)), () -> propose(stage, proposer, wish));
            time = time.plus(lasts);
        }
        return time;
    }

    private static List<NodeId> shuffled(List<NodeId> nodes, RandomGenerator random) {
        List<NodeId> left = new ArrayList<>(nodes);
        List<NodeId> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.nextInt(left.size())));
        }
        return shuffled;
    }

    private static Duration upTo(Duration most, RandomGenerator random) {
        return Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
    }

    private void leave(Stage stage, NodeId away, Duration time, Duration lasts) {
        if (stage.random().nextDouble() < pauses) {
            stage.at(time, () -> stage.pause(away, lasts));
        } else {
            stage.at(
                    time,
                    () -> stage.nodes().stream()
                            .filter(other -> !other.equals(away))
                            .forEach(other -> stage.cut(away, other, lasts)));
        }
    }

    /** Any two lose sight of each other, for less long. */
    private void interrupt(Stage stage, Duration time) {
        List<NodeId> pair = shuffled(stage.nodes(), stage.random());
        Duration lasts = upTo(longest.dividedBy(INTERRUPTION), stage.random());
        stage.at(time, () -> stage.cut(pair.get(0), pair.get(1), lasts));
    }

    private static void crash(Stage stage, NodeId node, Duration from, Duration within) {
        RandomGenerator random = stage.random();
        Duration down = upTo(within, random);
        Duration at = from.plus(upTo(within.minus(down), random));
        stage.at(at, () -> stage.crash(node, Duration.ZERO));
        stage.at(at.plus(down), () -> stage.restart(node));
    }

    private static void propose(Stage stage, NodeId node, int value) {
        stage.call(node, "propose", List.of(value));
    }
}
