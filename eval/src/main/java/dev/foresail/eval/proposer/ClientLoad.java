package dev.foresail.eval.proposer;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What clients want, the same for every form.
 *
 * @param wishes in order of time
 */
record ClientLoad(List<Wish> wishes) {
    private static final double PER_SECOND = 20;
    /** By then every replica is up, and knows the connections to be broken that were opened to it before it was. */
    private static final double FIRST_NANOS = 1e9;

    private static final double NANOS_PER_SECOND = 1e9;

    ClientLoad {
        wishes = Collections.unmodifiableList(wishes);
    }

    /** One command of a client of a region. */
    record Wish(long atNanos, int region, long number) {}

    /** Arrivals at random (a Poisson process) until {@code untilNanos}. */
    static ClientLoad draw(ProposerSetting setting, long seed, long untilNanos) {
        RandomStream random = RandomStream.of(seed, "clients");
        List<Wish> wishes = new ArrayList<>();
        double atNanos = FIRST_NANOS;
        while (true) {
            atNanos -= StrictMath.log(1 - random.nextDouble()) / PER_SECOND * NANOS_PER_SECOND;
            if (atNanos >= untilNanos) {
                return new ClientLoad(wishes);
            }
            int region = pick(setting.shares(seed, (long) atNanos), random.nextDouble());
            wishes.add(new Wish((long) atNanos, region, wishes.size()));
        }
    }

    private static int pick(double[] shares, double uniform) {
        double left = uniform;
        for (int region = 0; region < shares.length - 1; region++) {
            left -= shares[region];
            if (left < 0) {
                return region;
            }
        }
        return shares.length - 1;
    }
}
