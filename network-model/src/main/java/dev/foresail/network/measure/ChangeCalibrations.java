package dev.foresail.network.measure;

/**
 * What the links of one node have in common in how their figures change: learnt together, as one link alone seldom shows enough.
 *
 * @param roundTrips of round trips
 * @param rates of delivery rates
 */
public record ChangeCalibrations(ChangeCalibration roundTrips, ChangeCalibration rates) {
    public ChangeCalibrations() {
        this(new ChangeCalibration(), new ChangeCalibration());
    }
}
