package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Poll;
import dev.foresail.predictor.fixture.PollMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Stable facts travel along happens-before, in random systems whose nodes and links fail in every way there is. */
class StableFactsPropertiesTest {
    private static final int SYSTEMS = 60;
    private static final int NODES = 5;
    private static final int STEPS = 400;

    private long checked;
    private long secondHand;
    private long restarts;

    @Test
    void whateverHappenedBeforeIsKnown() {
        for (int seed = 0; seed < SYSTEMS; seed++) {
            new Play(seed).run();
        }
        assertTrue(checked > 100_000, "only " + checked + " facts were looked for");
        assertTrue(secondHand > 1_000, "only " + secondHand + " votes were heard of from others than the voters");
        assertTrue(restarts > 500, "only " + restarts + " restarts");
    }

    /** One system and what is done to it. */
    private final class Play {
        private final Random random;
        private final TreeSet<Poll.Vote> cast = new TreeSet<>();
        private final Simulation<Poll> stage;
        private int lastVote;

        Play(int seed) {
            this.random = new Random(seed);
            SimulationSettings<Poll> settings = new SimulationSettings<>(
                    new PollMachine(),
                    List.of(),
                    Simulations.ids(NODES),
                    new EvenLinks(NODES, 20_000_000L, 0, 0),
                    seed,
                    1,
                    NodeSettings.DEFAULT,
                    SimulationSettings.DEFAULT_PREDICTION_COST);
            this.stage = new Simulation<>(settings, (self, clock, surroundings, own) -> new ManualResolver<>(false));
            stage.onHandled((node, event) -> check(node));
            stage.nodes().forEach(stage::start);
        }

        void run() {
            long nanos = 0;
            for (int step = 0; step < STEPS; step++) {
                nanos += random.nextInt(30_000_000);
                stage.runUntil(Duration.ofNanos(nanos));
                if (random.nextInt(8) == 0) {
                    disturb();
                } else {
                    act();
                }
            }
            stage.runUntil(Duration.ofNanos(nanos).plusSeconds(20));
            assertEquals(List.of(), stage.failures());
        }

        private NodeId any() {
            return stage.nodes().get(random.nextInt(NODES));
        }

        private NodeId other(NodeId node) {
            NodeId other = any();
            return other.equals(node) ? other(node) : other;
        }

        private void act() {
            NodeId node = any();
            switch (random.nextInt(8)) {
                case 0 -> stage.call(node, "vote", List.of(vote(node)));
                case 1 -> stage.call(node, "voteAndTell", List.of(vote(node), other(node)));
                case 2 -> stage.call(node, "forget", List.of());
                default -> stage.call(node, "tell", List.of(other(node)));
            }
        }

        private int vote(NodeId node) {
            lastVote++;
            cast.add(new Poll.Vote(node, lastVote));
            return lastVote;
        }

        private void disturb() {
            NodeId node = any();
            NodeId other = other(node);
            if (!stage.isUp(node)) {
                restarts++;
                if (random.nextInt(3) == 0) {
                    stage.restartAnew(node);
                } else {
                    stage.restart(node);
                }
                return;
            }
            switch (random.nextInt(6)) {
                case 0 -> stage.silentReset(node);
                case 1 -> stage.breakConnection(node, other);
                case 2 -> stage.cut(node, other, millis(500), millis(700));
                case 3 -> stage.pause(node, millis(200));
                default -> stage.crash(node, millis(300), millis(300));
            }
        }

        private Duration millis(int most) {
            return Duration.ofMillis(random.nextInt(most));
        }

        private void check(NodeId node) {
            Poll state = stage.existing(node).runtime().state();
            SortedMap<NodeId, Poll> known = stage.existing(node).runtime().stableFacts();
            for (Poll.Vote vote : state.heard) {
                checked++;
                secondHand += vote.voter().equals(node) ? 0 : 1;
                assertTrue(
                        known.containsKey(vote.voter())
                                && known.get(vote.voter()).votes.contains(vote.value()),
                        () -> node + " has heard of " + vote + ", but not been told before");
            }
            known.forEach((voter, image) ->
                    image.votes.forEach(value -> assertTrue(cast.contains(new Poll.Vote(voter, value)))));
        }
    }
}
