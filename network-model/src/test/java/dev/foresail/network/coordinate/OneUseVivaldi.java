package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;

/** Vivaldi as published (SIGCOMM 2004, figure 3, with height): each sample moves the node once and is forgotten. */
final class OneUseVivaldi {
    private static final double GAIN = 0.25;

    private final double[] place = new double[PositionSolver.UNKNOWNS];
    private final RandomStream random;
    private double error = Coordinate.LARGEST_ERROR;

    OneUseVivaldi(RandomStream random) {
        this.random = random;
    }

    double roundTripMillis(OneUseVivaldi other) {
        return PositionSolver.distance(place, 0, other.place, 0);
    }

    void sample(OneUseVivaldi peer, double millis) {
        double share = error / (error + peer.error);
        double off = Math.abs(roundTripMillis(peer) - millis) / millis;
        error = Math.min(Coordinate.LARGEST_ERROR, off * GAIN * share + error * (1 - GAIN * share));
        double force = GAIN * share * (millis - roundTripMillis(peer));
        double apart = roundTripMillis(peer) - place[PositionSolver.HEIGHT] - peer.place[PositionSolver.HEIGHT];
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            double direction =
                    apart < 1e-6 ? random.nextGaussian() / 3 : (place[dimension] - peer.place[dimension]) / apart;
            place[dimension] += force * direction;
        }
        place[PositionSolver.HEIGHT] = Math.max(0, place[PositionSolver.HEIGHT] + force * 0.1);
    }
}
