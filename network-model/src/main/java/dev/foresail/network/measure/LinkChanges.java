package dev.foresail.network.measure;

/**
 * How much one figure of one link changes, compared with those of the node's other links: a factor on what all have in common,
 * and whether the link is stable. Between two comparisons lie 1 s, then 2 s, 4 s and so on, up to one step more each time, so that
 * also what is measured all the time says how it changes in hours.
 *
 * <p>Not thread-safe.
 */
final class LinkChanges {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int LONGEST_STEP = ChangeCalibration.AGE_CLASSES - 1;
    /** A link's own figures weigh as much as what all links have in common when there are so many of them. */
    private static final double SHARED_WEIGHT = 8;

    private static final double LARGEST_LOG_FACTOR = StrictMath.log(8);
    private static final double UNSTABLE_CHANGE = 0.2;
    private static final int SEEN = 2;

    private long comparedAtNanos;
    private double comparedWith;
    private byte step;
    private byte lastStep;
    /** Short, as every link has two of these; more would change hardly anything. */
    private short comparisons;
    /** Of its present stability. */
    private short excesses;

    private Stability stability = Stability.UNSEEN;
    private double logFactor;
    private double meanChange;

    /**
     * Takes a measured value.
     *
     * @param measured above 0
     * @param believed what is believed of the figure now that this value is known, above 0
     */
    void observe(double measured, double believed, long nowNanos, ChangeCalibration calibration) {
        if (comparedWith > 0) {
            long ageNanos = nowNanos - comparedAtNanos;
            if (ageNanos < SECOND_NANOS << step) {
                return;
            }
            calibration.learn(this, ageNanos, StrictMath.log(measured / comparedWith));
            nextStep();
        }
        comparedWith = believed;
        comparedAtNanos = nowNanos;
    }

    private void nextStep() {
        if (step < lastStep) {
            step++;
        } else {
            step = 0;
            lastStep = (byte) StrictMath.min(lastStep + 1, LONGEST_STEP);
        }
    }

    /** Takes a change's magnitude, and by what factor (its logarithm) it was larger than is common for its age and stability. */
    void compared(double change, double logExcess) {
        comparisons = (short) StrictMath.min(comparisons + 1, Short.MAX_VALUE);
        meanChange += (change - meanChange) * gain(comparisons);
        if (stability != Stability.UNSEEN) {
            excesses = (short) StrictMath.min(excesses + 1, Short.MAX_VALUE);
            logFactor += (logExcess - logFactor) * gain(excesses);
        }
        Stability now = judged();
        if (now != stability) {
            // It is compared with others from now on.
            stability = now;
            excesses = 0;
            logFactor = 0;
        }
    }

    private static double gain(int count) {
        return StrictMath.max(1.0 / count, 1.0 / 8);
    }

    private Stability judged() {
        if (comparisons < SEEN) {
            return Stability.UNSEEN;
        }
        return meanChange > UNSTABLE_CHANGE ? Stability.UNSTABLE : Stability.STABLE;
    }

    /** By what factor the link changes more than all have in common, between 1/8 and 8; 1 before the first comparison. */
    double factor() {
        double own = excesses / (excesses + SHARED_WEIGHT);
        double log = own * logFactor;
        return StrictMath.exp(StrictMath.max(-LARGEST_LOG_FACTOR, StrictMath.min(LARGEST_LOG_FACTOR, log)));
    }

    Stability stability() {
        return stability;
    }
}
