package dev.foresail.eval.coordinates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.plane.NetworkKnowledge;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KnownPeersTest {
    private static final long NOW = 1_000_000_000_000L;

    @Test
    void everythingIsKnownOfTheFirstPeerAndTheLast() {
        NetworkKnowledge<NodeId> knowledge = KnownPeers.filled(KnownPeers.Extent.EVERYTHING);
        assertEquals(KnownPeers.PEERS, knowledge.plane().peers().size());
        for (NodeId peer : new NodeId[] {NodeId.of(1), NodeId.of(KnownPeers.PEERS)}) {
            MeasuredLink link = knowledge.plane().measured(peer).orElseThrow();
            assertEquals(4, link.roundTripNanos(NOW).samples());
            assertTrue(link.lossProbability(NOW).isKnown());
            assertTrue(link.bytesPerSecond(NOW).isKnown());
            assertTrue(knowledge.coordinate(peer).isPresent());
        }
    }

    @Test
    void theyTakeLessThanIsAsked() {
        Experiment.Report report = new KnownPeers()
                .run(new Experiment.Options(
                        Optional.empty(), 0, true, Optional.empty(), new Interruption(), hint -> {}));
        Experiment.Bar bar = report.bars().get(0);
        assertTrue(bar.holds(), bar::toString);
        assertTrue(bar.value() > 5, "as many objects take some memory: " + bar);
    }
}
