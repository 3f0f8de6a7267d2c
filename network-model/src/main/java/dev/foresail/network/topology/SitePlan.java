package dev.foresail.network.topology;

import dev.foresail.network.random.RandomStream;
import java.util.function.UnaryOperator;

/**
 * Sites on the map of {@link WideAreaPlan}, and what chance has given each pair of them: all draws are made once, so that turning
 * a knob changes the latencies smoothly. Immutable.
 */
final class SitePlan {
    private static final double NOISE_DEVIATION = 0.01;
    /** Pairs that are to be direct are made this much shorter than their detour, so that bending does not bring it back. */
    private static final double DIRECT_MARGIN = 0.98;

    private static final int DIRECT_PASSES = 2;

    private final int sites;
    private final double[][] pathMillis;
    private final double[][] badness;
    private final double[][] badPlace;
    private final double[][] directPlace;
    private final boolean[] wellConnected;

    private SitePlan(int sites) {
        this.sites = sites;
        pathMillis = new double[sites][sites];
        badness = new double[sites][sites];
        badPlace = new double[sites][sites];
        directPlace = new double[sites][sites];
        wellConnected = new boolean[sites];
    }

    /** Sites as the nodes of a {@link WideAreaPlan}. */
    static SitePlan draw(int sites, long seed) {
        WideAreaPlan map = WideAreaPlan.draw(sites, seed);
        RandomStream random = RandomStream.of(seed, "site pairs");
        SitePlan plan = new SitePlan(sites);
        for (int a = 0; a < sites; a++) {
            plan.wellConnected[a] = map.isWellConnected(a);
            for (int b = 0; b < a; b++) {
                double noise = StrictMath.exp(NOISE_DEVIATION * random.nextGaussian());
                set(plan.pathMillis, a, b, map.pathMillis(a, b) * noise);
                set(plan.badness, a, b, StrictMath.abs(random.nextGaussian()));
                set(plan.badPlace, a, b, random.nextDouble());
                set(plan.directPlace, a, b, random.nextDouble());
            }
        }
        return plan;
    }

    private static void set(double[][] matrix, int a, int b, double value) {
        matrix[a][b] = value;
        matrix[b][a] = value;
    }

    /**
     * Round trips in milliseconds, mean of both directions.
     *
     * @param asymmetries as {@link SiteTable#of(double[][], double[][])} takes them
     * @param bending what to do to the distribution that comes out, of each direction by itself: a line from logarithms of milliseconds
     *     to such
     */
    double[][] roundTrips(SiteKnobs knobs, double[][] asymmetries, UnaryOperator<Quantiles> bending) {
        double[][] millis = new double[sites][sites];
        for (int a = 0; a < sites; a++) {
            for (int b = 0; b < a; b++) {
                double bad =
                        badPlace[a][b] < knobs.badShare() ? StrictMath.exp(knobs.badDeviation() * badness[a][b]) : 1;
                set(millis, a, b, pathMillis[a][b] * bad * quality(a, knobs) * quality(b, knobs));
            }
        }
        // A pair that was made shorter is part of detours of others: these are looked at again.
        double[][] direct = bent(millis, asymmetries, bending);
        for (int pass = 0; pass < DIRECT_PASSES; pass++) {
            direct = withDirectPairs(direct, knobs.direct());
        }
        // Where bending is steep, it moves the two directions of a pair apart, or together.
        return bent(bent(direct, asymmetries, bending), asymmetries, bending);
    }

    private double quality(int site, SiteKnobs knobs) {
        return wellConnected[site] ? 1 - knobs.wellConnectedGain() : 1;
    }

    private double[][] withDirectPairs(double[][] millis, double share) {
        double[][] shortened = new double[sites][];
        for (int a = 0; a < sites; a++) {
            shortened[a] = millis[a].clone();
        }
        for (int a = 0; a < sites; a++) {
            for (int b = 0; b < a; b++) {
                if (directPlace[a][b] < share) {
                    double detour = shortestDetour(millis, a, b);
                    set(shortened, a, b, StrictMath.min(millis[a][b], DIRECT_MARGIN * detour));
                }
            }
        }
        return shortened;
    }

    private static double shortestDetour(double[][] millis, int a, int b) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int via = 0; via < millis.length; via++) {
            if (via != a && via != b) {
                shortest = StrictMath.min(shortest, millis[a][via] + millis[via][b]);
            }
        }
        return shortest;
    }

    private static double[][] bent(double[][] millis, double[][] asymmetries, UnaryOperator<Quantiles> bending) {
        double[] all = new double[millis.length * (millis.length - 1)];
        int next = 0;
        for (int a = 0; a < millis.length; a++) {
            for (int b = 0; b < a; b++) {
                all[next++] = millis[a][b] * (1 + asymmetries[a][b] / 2);
                all[next++] = millis[a][b] * (1 - asymmetries[a][b] / 2);
            }
        }
        Quantiles bend = bending.apply(Quantiles.of(all));
        double[][] bent = new double[millis.length][millis.length];
        for (int a = 0; a < millis.length; a++) {
            for (int b = 0; b < a; b++) {
                set(bent, a, b, StrictMath.exp(bend.at(StrictMath.log(millis[a][b]))));
            }
        }
        return bent;
    }
}
