package dev.foresail.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.topology.UniformTopology;
import org.junit.jupiter.api.Test;

class NetworkModelTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void aTopologyIsKnownExactly() {
        NetworkModel<Integer> model = new TopologyNetworkModel(new UniformTopology(3, 7 * MILLI, 1e6, 0.25));
        assertEquals(Figure.exact(7 * MILLI), model.latencyNanos(0, 2, 99));
        assertEquals(Figure.exact(0), model.latencyNanos(1, 1, 99));
        assertEquals(Figure.exact(1e6), model.bandwidthBytesPerSecond(0, 2, 99));
        assertEquals(Figure.exact(0.25), model.lossProbability(0, 2, 99));
    }
}
