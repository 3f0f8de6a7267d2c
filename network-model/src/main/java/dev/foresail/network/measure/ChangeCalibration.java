package dev.foresail.network.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * What a node's links have in common in how a figure of theirs changes with age: learnt from every later measurement, so only
 * from what has passed. Two things are answered of a figure of some age.
 *
 * <ul>
 *   <li>The <em>growth</em> of its spread: s_inf (1 - exp(-age / tau)) as a share of the value, with s_inf and tau fitted for stable
 *       and for unstable links apart, times the link's own factor.
 *   <li>An <em>interval</em> in which the value lies now with a stated probability: quantiles of the changes (logarithms of
 *       ratios, divided by the link's factor) that were seen at such an age. Below and above are counted apart. Ages are classes of
 *       powers of two of a second. A class with fewer than 50 changes borrows from the nearest one that has them, in the
 *       proportion of the growth, or as a random walk grows when all are of one age. No interval is stated before 50 changes were
 *       seen in any class.
 * </ul>
 *
 * <p>That changes seen are a fair sample of those to come is all that is assumed (split conformal prediction, Vovk et al. 2005; by
 * groups, as Mondrian conformal prediction), and forgetting follows what drifts.
 *
 * <p>Thread-safe. {@link #growth} takes no lock. Whoever learns, an event loop, only notes what has become of the classes; who asks
 * next fits to it, which takes some microseconds.
 */
public final class ChangeCalibration {
    /** Ages below 2 s, below 4 s, ..., and of 2^23 s (97 days) and more. */
    static final int AGE_CLASSES = 24;

    private static final double SECOND_NANOS = 1e9;
    private static final double ENOUGH = 50;
    /** A change smaller than this share is a tie. */
    private static final double LEAST_CHANGE = 1e-4;

    private static final double LARGEST_LOG_EXCESS = StrictMath.log(16);
    private static final int KINDS = Stability.values().length;
    private static final int FIT_EVERY = 64;

    /** By kind and age class; those of {@link Stability#UNSEEN} are of all links. No kinds before the first change. */
    private LogBins[][] changes = {};

    private double[][] commonLogChange = {};
    private int[][] compared = {};
    private int learnt;
    private final AtomicReference<Optional<Seen>> unfitted = new AtomicReference<>(Optional.empty());
    private volatile boolean hasMore;
    private volatile Growth[] growths = {};

    /** What growths are fitted to: mean changes and how many they are, by kind and age class. */
    private record Seen(List<double[]> means, List<double[]> totals) {
        Growth[] fitted() {
            Growth[] fitted = new Growth[KINDS];
            Arrays.setAll(fitted, kind -> Growth.fit(means.get(kind), totals.get(kind)));
            return fitted;
        }
    }

    private void beginToLearn() {
        changes = new LogBins[KINDS][AGE_CLASSES];
        for (LogBins[] ofKind : changes) {
            Arrays.setAll(ofKind, age -> new LogBins());
        }
        commonLogChange = new double[KINDS][AGE_CLASSES];
        compared = new int[KINDS][AGE_CLASSES];
    }

    /**
     * Takes how a link's figure has changed.
     *
     * @param logRatio the logarithm of the new value over the old one; not a finite number: ignored
     */
    synchronized void learn(LinkChanges link, long ageNanos, double logRatio) {
        if (!Double.isFinite(logRatio)) {
            return;
        }
        if (learnt == 0) {
            beginToLearn();
        }
        int age = ageClass(ageNanos);
        double relative = logRatio / link.factor();
        Stability stability = link.stability();
        changes[Stability.UNSEEN.place][age].add(relative);
        if (stability != Stability.UNSEEN) {
            changes[stability.place][age].add(relative);
        }
        double change = StrictMath.abs(logRatio);
        double logChange = StrictMath.log(StrictMath.max(change, LEAST_CHANGE));
        int kind = stability.place;
        double common = compared[kind][age] == 0 ? logChange : commonLogChange[kind][age];
        double excess = StrictMath.max(-LARGEST_LOG_EXCESS, StrictMath.min(LARGEST_LOG_EXCESS, logChange - common));
        link.compared(change, excess);
        compared[kind][age] = StrictMath.min(compared[kind][age] + 1, 300);
        commonLogChange[kind][age] = common + (logChange - common) / compared[kind][age];
        if (learnt % FIT_EVERY == 0) {
            unfitted.set(Optional.of(seen()));
            hasMore = true;
        }
        // The number only says when to fit again.
        learnt = 1 + learnt % FIT_EVERY;
    }

    private Seen seen() {
        return new Seen(ofKinds(LogBins::meanMagnitude), ofKinds(LogBins::total));
    }

    private List<double[]> ofKinds(ToDoubleFunction<LogBins> figure) {
        return Arrays.stream(changes)
                .map(kind -> Arrays.stream(kind).mapToDouble(figure).toArray())
                .toList();
    }

    private Growth[] growths() {
        if (hasMore) {
            hasMore = false;
            // Of several who ask at once, one fits; the others take what was fitted before.
            unfitted.getAndSet(Optional.empty()).ifPresent(seen -> growths = seen.fitted());
        }
        return growths;
    }

    static int ageClass(long ageNanos) {
        long seconds = (long) (ageNanos / SECOND_NANOS);
        return seconds <= 1 ? 0 : StrictMath.min(AGE_CLASSES - 1, Long.SIZE - 1 - Long.numberOfLeadingZeros(seconds));
    }

    /** The share of its value by which a figure of this age is off, in the mean: 0 before changes were seen. */
    double growth(double factor, Stability stability, long ageNanos) {
        Growth[] known = growths();
        return known.length == 0 ? 0 : factor * known[stability.place].at(ageNanos / SECOND_NANOS);
    }

    /**
     * Between which multiples of its value a figure of this age lies now.
     *
     * @param probability strictly between 0 and 1
     * @return empty before enough changes were seen
     */
    synchronized Optional<Interval> ratios(double factor, Stability stability, long ageNanos, double probability) {
        if (learnt == 0) {
            return Optional.empty();
        }
        double tail = (1 - probability) / 2;
        return logRatios(stability.place, ageClass(ageNanos), tail)
                .map(logs -> new Interval(StrictMath.exp(factor * logs.low()), StrictMath.exp(factor * logs.high())));
    }

    private Optional<Interval> logRatios(int kind, int age, double tail) {
        LogBins own = changes[kind][age];
        if (own.total() >= ENOUGH) {
            return Optional.of(quantiles(own, tail));
        }
        Optional<Interval> borrowed = borrowed(kind, age, tail);
        if (own.total() == 0) {
            return borrowed;
        }
        double share = own.total() / ENOUGH;
        Interval seen = quantiles(own, tail);
        return borrowed.map(other -> new Interval(
                share * seen.low() + (1 - share) * other.low(), share * seen.high() + (1 - share) * other.high()));
    }

    private double growthRatio(int kind, int age, int other) {
        int seen = 0;
        for (LogBins ofAge : changes[kind]) {
            seen += ofAge.total() >= ENOUGH ? 1 : 0;
        }
        // Of one age alone no growth can be learnt; what wanders at random grows with the square root of its age.
        return seen > 1 ? growths()[kind].ratio(age, other) : StrictMath.pow(2, StrictMath.max(0, age - other) / 2.0);
    }

    private static Interval quantiles(LogBins bins, double tail) {
        return new Interval(bins.lower(tail), bins.upper(tail));
    }

    private Optional<Interval> borrowed(int kind, int age, double tail) {
        for (int distance = 1; distance < AGE_CLASSES; distance++) {
            for (int other = age - distance; other <= age + distance; other += 2 * distance) {
                if (other >= 0 && other < AGE_CLASSES && changes[kind][other].total() >= ENOUGH) {
                    return Optional.of(quantiles(changes[kind][other], tail).scaled(growthRatio(kind, age, other)));
                }
            }
        }
        return kind == Stability.UNSEEN.place ? Optional.empty() : logRatios(Stability.UNSEEN.place, age, tail);
    }
}
