package dev.foresail.eval.coordinates;

import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.random.RandomStream;

/** What a lying or faulty peer does. All but one claim to be sure of what they say. */
enum Lie {
    /** It is somewhere else each time, and tells any round trip. */
    ANYWHERE {
        @Override
        Coordinate claim(Coordinate honest, RandomStream random) {
            return somewhere(random, SPREAD_MILLIS);
        }

        @Override
        long roundTripNanos(long honest, RandomStream random) {
            return (long) (honest * (0.05 + random.nextDouble()));
        }
    },
    /** It is very far away, always at the same place, and answers half a second late to be believed. */
    FAR_AWAY {
        @Override
        Coordinate claim(Coordinate honest, RandomStream random) {
            float[] position = new float[Coordinate.DIMENSIONS];
            position[0] = FAR_MILLIS;
            return Coordinate.of(position, 0, SURE);
        }

        @Override
        long roundTripNanos(long honest, RandomStream random) {
            return honest + 500_000_000L;
        }
    },
    /** All who do this say that they are at one place, to draw the others there. */
    ALL_AT_ONE_PLACE {
        @Override
        Coordinate claim(Coordinate honest, RandomStream random) {
            return somewhere(RandomStream.of(0, "where liars meet"), SPREAD_MILLIS);
        }
    },
    /** It tells the truth, but is 50 to 350 ms late each time: a faulty or overloaded peer. */
    LATE {
        @Override
        Coordinate claim(Coordinate honest, RandomStream random) {
            return honest;
        }

        @Override
        long roundTripNanos(long honest, RandomStream random) {
            return honest + 50_000_000L + random.nextLong(300_000_000L);
        }
    };

    private static final double SPREAD_MILLIS = 150;
    private static final float FAR_MILLIS = 2_000;
    private static final float SURE = 0.01f;

    /** What it says of itself. */
    abstract Coordinate claim(Coordinate honest, RandomStream random);

    /** What comes of a round trip with it, or what it says came. */
    long roundTripNanos(long honest, RandomStream random) {
        return honest;
    }

    private static Coordinate somewhere(RandomStream random, double spreadMillis) {
        float[] position = new float[Coordinate.DIMENSIONS];
        for (int dimension = 0; dimension < position.length; dimension++) {
            position[dimension] = (float) (random.nextGaussian() * spreadMillis);
        }
        return Coordinate.of(position, 5, SURE);
    }
}
