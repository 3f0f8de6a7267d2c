package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Chatter;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.fixture.UnevenLinks;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.node.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a gathered set never shows a message as received that it does not show as sent, whatever the interleaving. */
class ConsistentSnapshotTest {
    private static final int NODES = 8;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void noMessageIsReceivedBeforeTheCutAndSentBehindIt(long seed) {
        Simulation<Chatter> simulation = talking(seed);
        int compared = 0;
        for (int round = 1; round <= 40; round++) {
            NodeId gatherer = NodeId.of(1 + round % NODES);
            simulation.existing(gatherer).runtime().gatherSoon();
            simulation.runUntil(Duration.ofMillis(150L * round));
            compared += check(simulation.existing(gatherer).runtime().snapshot());
        }
        assertTrue(compared > 500, "pairs compared: " + compared);
    }

    private static int check(Snapshot<Chatter> snapshot) {
        int compared = 0;
        for (Checkpoint<Chatter> receiver : snapshot.neighbours().values()) {
            for (Checkpoint<Chatter> sender : snapshot.neighbours().values()) {
                Checkpoint.ChannelCheckpoint in = receiver.channels().get(sender.node());
                Checkpoint.ChannelCheckpoint out = sender.channels().get(receiver.node());
                if (in != null && in.received() > 0) {
                    assertTrue(
                            out != null && out.sent() >= in.received(),
                            () -> receiver.node() + " has received " + in.received() + " from " + sender.node()
                                    + ", which has sent " + (out == null ? 0 : out.sent()));
                    compared++;
                }
            }
        }
        return compared;
    }

    private static Simulation<Chatter> talking(long seed) {
        SimulationSettings<Chatter> settings = new SimulationSettings<>(
                new ChatterMachine(),
                List.of(),
                Simulations.ids(NODES),
                new UnevenLinks(NODES),
                seed,
                seed,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Chatter> simulation =
                new Simulation<>(settings, (self, clock, surroundings, resolverSeed) -> new ManualResolver<>(true));
        simulation.nodes().forEach(simulation::start);
        for (NodeId id : simulation.nodes()) {
            simulation.nodes().stream()
                    .filter(peer -> !peer.equals(id))
                    .forEach(peer -> simulation.call(id, "meet", List.of(peer)));
        }
        return simulation;
    }
}
