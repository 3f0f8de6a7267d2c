package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerMeasurementsTest {
    private final PeerMeasurements<String> measurements = new PeerMeasurements<>();

    @Test
    void peersAreKeptApart() {
        measurements.roundTrip("berlin", 10, 0);
        measurements.roundTrip("tokyo", 250, 5);
        assertEquals(
                new Figure(10, 5, 1, 20),
                measurements.roundTripNanos("berlin", 20).orElseThrow());
        assertEquals(
                new Figure(250, 125, 1, 15),
                measurements.roundTripNanos("tokyo", 20).orElseThrow());
        assertEquals(
                250,
                measurements.minimumRoundTripNanos("tokyo", 20).orElseThrow().value());
        assertEquals(List.of("berlin", "tokyo"), measurements.peers());
        assertTrue(measurements.roundTripNanos("lima", 20).isEmpty());
    }

    @Test
    void theMedianIsOverMeasuredPeers() {
        assertEquals(Optional.empty(), measurements.medianRoundTripNanos(0));
        measurements.outcome("silent", false, 0);
        measurements.roundTrip("a", 10, 0);
        measurements.roundTrip("b", 30, 0);
        assertEquals(Optional.of(20.0), measurements.medianRoundTripNanos(0));
        measurements.roundTrip("c", 500, 0);
        assertEquals(Optional.of(30.0), measurements.medianRoundTripNanos(0));
        measurements.forget("a");
        assertEquals(Optional.of(265.0), measurements.medianRoundTripNanos(0));
    }

    @Test
    void lossFollowsTheLatestThousandMessages() {
        assertTrue(measurements.lossProbability("a", 0).isEmpty());
        for (int i = 0; i < 20_000; i++) {
            measurements.outcome("a", i % 5 == 0, i);
        }
        Figure lossy = measurements.lossProbability("a", 20_000).orElseThrow();
        assertEquals(0.2, lossy.value(), 0.03);
        assertEquals(20_000, lossy.samples());
        assertEquals(1, lossy.ageNanos());
        for (int i = 0; i < 10_000; i++) {
            measurements.outcome("a", false, 20_000 + i);
        }
        assertEquals(0, measurements.lossProbability("a", 30_000).orElseThrow().value(), 0.001);
    }
}
