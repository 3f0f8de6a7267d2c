package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.fixture.Chats;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.Channel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.LedgerRule;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.property.Choices;
import dev.foresail.predictor.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random schedules of messages, crashes and restarts over links that vary and lose packets. */
class SchedulePropertiesTest {
    private static final int NODES = 4;
    private static final int MOST_STEPS = 40;

    private static <S> Simulation<S> system(Machine<S> machine, boolean looksAhead) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                machine,
                List.of(),
                Simulations.ids(NODES),
                new EvenLinks(NODES, 20_000_000L, 0.5, 0.05),
                3,
                3,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(looksAhead));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static void letTimePass(Simulation<?> simulation, long millis) {
        simulation.runUntil(simulation.now().plusMillis(millis));
    }

    private static void crashOrRestart(Simulation<?> simulation, Choices choices) {
        NodeId node = choices.oneOf(simulation.nodes());
        if (simulation.isUp(node)) {
            simulation.crash(node, Duration.ofMillis(500L * choices.below(3)));
        } else {
            simulation.restart(node);
        }
    }

    private static void restartAllAndSettle(Simulation<?> simulation) {
        simulation.nodes().stream().filter(node -> !simulation.isUp(node)).forEach(simulation::restart);
        letTimePass(simulation, 10_000);
    }

    private static void say(Simulation<Chatter> simulation, Choices choices) {
        NodeId from = choices.oneOf(simulation.nodes());
        simulation.call(from, "say", List.of(choices.oneOf(simulation.nodes())));
    }

    /** One step of a schedule of words, crashes and restarts. */
    private static void disturb(Simulation<Chatter> simulation, Choices choices) {
        switch (choices.below(6)) {
            case 0 -> letTimePass(simulation, choices.below(100));
            case 1 -> crashOrRestart(simulation, choices);
            default -> say(simulation, choices);
        }
    }

    private static Simulation<Chatter> disturbed(Choices choices) {
        Simulation<Chatter> simulation = system(new ChatterMachine(), false);
        for (int left = choices.below(MOST_STEPS); left > 0; left--) {
            disturb(simulation, choices);
        }
        letTimePass(simulation, 5_000);
        return simulation;
    }

    @Test
    void whatAPairSaysIsHeardInOrderUntilItsConnectionBreaks() {
        Property.check(21, 300, choices -> {
            Simulation<Chatter> simulation = disturbed(choices);
            assertEquals(List.of(), simulation.failures());
            for (NodeId node : simulation.nodes()) {
                assertFalse(
                        simulation.existing(node).runtime().state().hasHeardOutOfOrder(),
                        () -> node + " has heard words out of order");
            }
        });
    }

    @Test
    void everyoneLearnsThatADeadNodeIsDead() {
        Property.check(22, 300, choices -> {
            Simulation<Chatter> simulation = disturbed(choices);
            for (SimulatedNode<Chatter> node : simulation.allNodes()) {
                node.connections().forEach((peer, connection) -> {
                    SimulatedNode<Chatter> other = simulation.existing(peer);
                    assertTrue(
                            other.isUp() && other.incarnation() == connection.peerIncarnation,
                            () -> node.id() + " believes in a dead incarnation of " + peer);
                });
            }
        });
    }

    @Test
    void nothingIsHeardByTheDead() {
        Property.check(23, 200, choices -> {
            Simulation<Chatter> simulation = system(new ChatterMachine(), false);
            for (int left = choices.below(MOST_STEPS); left > 0; left--) {
                disturb(simulation, choices);
            }
            List<SimulatedNode<Chatter>> dead = new ArrayList<>();
            List<String> states = new ArrayList<>();
            simulation.allNodes().stream().filter(node -> !node.isUp()).forEach(node -> {
                dead.add(node);
                states.add(described(node));
            });
            letTimePass(simulation, 5_000);
            assertEquals(
                    states, dead.stream().map(SchedulePropertiesTest::described).toList());
        });
    }

    private static String described(SimulatedNode<Chatter> node) {
        return new ChatterMachine().describe(node.runtime().state());
    }

    @Test
    void theSameScheduleGivesTheSameTrace() {
        Property.check(24, 60, choices -> {
            List<Integer> steps = new ArrayList<>();
            for (int left = choices.below(4 * MOST_STEPS); left > 0; left--) {
                steps.add(choices.below(100));
            }
            List<String> digests = new ArrayList<>();
            for (int run = 0; run < 2; run++) {
                Property.replay(steps, same -> digests.add(disturbed(same).digest()));
            }
            assertEquals(digests.get(0), digests.get(1));
        });
    }

    /** Trays have higher numbers than their desks: aggregates over a circle never come to rest. */
    private static void work(Simulation<Desk> simulation, Choices choices) {
        int desk = choices.below(NODES - 1);
        NodeId self = simulation.nodes().get(desk);
        NodeId tray = simulation.nodes().get(desk + 1 + choices.below(NODES - 1 - desk));
        switch (choices.below(8)) {
            case 0 -> letTimePass(simulation, choices.below(150));
            case 1 -> crashOrRestart(simulation, choices);
            case 2 -> simulation.call(self, "addTray", List.of(tray));
            case 3 -> simulation.call(self, "open", List.of());
            case 4 -> simulation.call(self, "removeTray", List.of(tray));
            default -> simulation.call(tray, "post", List.of(self, (long) choices.below(9)));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void onceAllIsQuietEveryEstimateIsTheNeighboursTrueAggregate() {
        DeskMachine machine = new DeskMachine();
        AggregateDescription<Desk, Integer> aggregate =
                (AggregateDescription<Desk, Integer>) machine.aggregates().get(0);
        int[] compared = new int[1];
        Property.check(25, 300, choices -> {
            Simulation<Desk> simulation = system(machine, choices.below(2) == 1);
            for (int left = choices.below(2 * MOST_STEPS); left > 0; left--) {
                work(simulation, choices);
            }
            restartAllAndSettle(simulation);
            for (NodeId node : simulation.nodes()) {
                for (NodeId tray :
                        aggregate.over(simulation.existing(node).runtime().state())) {
                    Channel channel =
                            simulation.existing(node).runtime().channels().get(tray);
                    Optional<Integer> truth =
                            simulation.view().<Integer>of("work").at(tray);
                    assertEquals(
                            truth,
                            LedgerRule.estimate(aggregate, 0, channel),
                            () -> node + "'s estimate of the work of " + tray);
                    compared[0]++;
                }
            }
        });
        assertTrue(compared[0] > 200, "estimates compared: " + compared[0]);
    }

    @Test
    void whatASnapshotShowsInFlightIsExactlyWhatWasSentAndNotReceived() {
        int[] found = new int[1];
        Property.check(26, 200, choices -> {
            Simulation<Chatter> simulation = system(new ChatterMachine(), true);
            for (int left = choices.below(2 * MOST_STEPS); left > 0; left--) {
                if (choices.below(4) == 0) {
                    letTimePass(simulation, choices.below(60));
                } else {
                    say(simulation, choices);
                }
                NodeId gatherer = choices.oneOf(simulation.nodes());
                simulation.existing(gatherer).runtime().gatherSoon();
                Snapshot<Chatter> snapshot =
                        simulation.existing(gatherer).runtime().snapshot();
                List<Checkpoint<Chatter>> all =
                        new ArrayList<>(snapshot.neighbours().values());
                all.add(snapshot.own());
                for (Checkpoint<Chatter> sender : all) {
                    for (Checkpoint<Chatter> receiver : all) {
                        found[0] += checkInFlight(sender, receiver);
                    }
                }
            }
        });
        assertTrue(found[0] > 200, "messages in flight: " + found[0]);
    }

    /** The same for the gatherer's own channels when nodes crash: a new connection starts from nothing. */
    @Test
    void crashesDoNotPutOldMessagesInFlightNorHideNewOnes() {
        Property.check(27, 300, choices -> {
            Simulation<Chatter> simulation = system(new ChatterMachine(), true);
            for (int left = choices.below(2 * MOST_STEPS); left > 0; left--) {
                disturb(simulation, choices);
                NodeId gatherer = choices.oneOf(simulation.nodes());
                if (simulation.isUp(gatherer)) {
                    simulation.existing(gatherer).runtime().gatherSoon();
                    Snapshot<Chatter> snapshot =
                            simulation.existing(gatherer).runtime().snapshot();
                    snapshot.neighbours().values().forEach(neighbour -> {
                        checkInFlight(snapshot.own(), neighbour);
                        checkInFlight(neighbour, snapshot.own());
                    });
                }
            }
        });
    }

    private static int checkInFlight(Checkpoint<Chatter> sender, Checkpoint<Chatter> receiver) {
        Checkpoint.ChannelCheckpoint out = sender.channels().get(receiver.node());
        Checkpoint.ChannelCheckpoint in = receiver.channels().get(sender.node());
        long received = in == null ? 0 : in.received();
        List<Long> truth = new ArrayList<>();
        for (long sequence = received + 1; out != null && sequence <= out.sent(); sequence++) {
            truth.add(sequence);
        }
        List<Long> shown = new ArrayList<>();
        for (SentMessage sent : out == null ? List.<SentMessage>of() : out.log()) {
            if (sent.sequence() > received) {
                shown.add(sent.sequence());
            }
        }
        assertEquals(truth, shown, () -> "in flight from " + sender.node() + " to " + receiver.node());
        return shown.size();
    }

    @Test
    void wordsBetweenNodesThatLiveAllArrive() {
        Property.check(28, 100, choices -> {
            Simulation<Chatter> simulation = system(new ChatterMachine(), false);
            int words = choices.below(MOST_STEPS);
            for (int left = words; left > 0; left--) {
                say(simulation, choices);
                letTimePass(simulation, choices.below(10));
            }
            letTimePass(simulation, 10_000);
            long received = 0;
            for (SimulatedNode<Chatter> node : simulation.allNodes()) {
                for (Channel channel : node.runtime().channels().values()) {
                    received += channel.received();
                }
                assertEquals(List.of(), Chats.state(simulation, node.id()).brokenPeers());
            }
            assertEquals(words, received);
        });
    }
}
