package dev.foresail.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.PeerMeasurements;
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

    @Test
    void aMeasuredLinkCountsInBothDirections() {
        PeerMeasurements<String> measurements = new PeerMeasurements<>();
        NetworkModel<String> model = new MeasuredNetworkModel<>("me", measurements);
        measurements.roundTrip("near", 20 * MILLI, 0);
        Figure expected = new Figure(10 * MILLI, 5 * MILLI, 1, 4);
        assertEquals(expected, model.latencyNanos("me", "near", 4));
        assertEquals(expected, model.latencyNanos("near", "me", 4));
        assertEquals(Figure.exact(0), model.latencyNanos("me", "me", 4));
    }

    @Test
    void whatWasNeverMeasuredIsTheMedianAndSaysSo() {
        PeerMeasurements<String> measurements = new PeerMeasurements<>();
        NetworkModel<String> model = new MeasuredNetworkModel<>("me", measurements);
        assertEquals(50 * MILLI, model.latencyNanos("me", "far", 0).value());
        measurements.roundTrip("a", 20 * MILLI, 0);
        measurements.roundTrip("b", 30 * MILLI, 0);
        measurements.roundTrip("c", 400 * MILLI, 0);
        Figure assumed = model.latencyNanos("a", "c", 0);
        assertEquals(15 * MILLI, assumed.value());
        assertFalse(assumed.isKnown());
        assertFalse(model.lossProbability("me", "a", 0).isKnown());
        measurements.outcome("a", false, 0);
        assertEquals(1, model.lossProbability("a", "me", 0).samples());
    }
}
