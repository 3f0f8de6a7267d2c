package dev.foresail.predictor.calibration;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.lookahead.Costs;
import dev.foresail.predictor.node.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far off a node's predictions were, and the intervals that follow. Roll-outs share the errors of the model, such as calls that nobody foresees and
 * peers that act meanwhile, so how far they are from each other tells nothing of how far they are from what will be; only outcomes do.
 *
 * <p>Idea: conformal prediction (Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005), near the prediction at hand: of the residuals
 * those whose predictions were nearest to it. The interval is the shortest that holds four of five of their errors. The shortest, as errors are seldom symmetric and often the same. Of many intervals the shortest is dense by chance, which the
 * cube root of how many errors differ makes up for (Kim and Pollard, Cube root asymptotics, 1990; its factor is for normal errors). Where errors that are equal to an end would be too many, it is drawn whether they
 * are in the interval, as smoothed conformal predictors do, so that the share is right in the mean: costs are often small whole numbers. No share is guaranteed for a single interval. Until a node has enough outcomes of its own, those of earlier runs count too. Weakness: errors of a system that
 * changes are not exchangeable, so intervals lag behind.
 *
 * <p>Not thread-safe: for the node's thread.
 */
public final class Experience {
    /** The share of outcomes that an interval is to hold. */
    static final double SHARE = 0.8;

    /** Of a choice so many of the latest are kept. */
    private static final int MOST_KEPT = 200;

    /** An interval rests on so many, if there are as many; a node that has them of its own needs no others. */
    private static final int NEAREST = 100;

    private static final double CHANCE_FACTOR = 0.7;

    /** Of fewer no interval of 80 % is to be had but one that holds anything. */
    private static final int FEWEST = 9;

    private final PastResiduals before;
    private final RandomStream random;
    private final Map<ChoiceTerm, Deque<Residual>> own = new HashMap<>();
    /** Made when it is asked for, and again when more is known. */
    private final Map<ChoiceTerm, Residual[]> sorted = new HashMap<>();

    /**
     * @param before what is known from other runs
     * @param random of its own, so that nothing else depends on what is drawn here
     */
    public Experience(PastResiduals before, RandomStream random) {
        this.before = before;
        this.random = random;
    }

    /** What became of a prediction of this node; without effect when one of the two is no finite number. */
    public void add(ChoiceTerm of, Residual residual) {
        if (!residual.isFinite()) {
            return;
        }
        Deque<Residual> kept = own.computeIfAbsent(of, added -> new ArrayDeque<>());
        sorted.remove(of);
        kept.addFirst(residual);
        if (kept.size() > MOST_KEPT) {
            kept.removeLast();
        }
    }

    /** The values of a choice's alternatives with the intervals in which their outcomes will be; as they are where too little is known. */
    public List<Decision.Value> stated(String choice, List<Decision.Value> values) {
        // One for all of them, so that alternatives that are alike are told alike.
        double draw = random.nextDouble();
        List<Decision.Value> stated = new ArrayList<>();
        for (Decision.Value value : values) {
            stated.add(stated(new ChoiceTerm(choice, value.term()), value, draw));
        }
        return stated;
    }

    private Decision.Value stated(ChoiceTerm of, Decision.Value value, double draw) {
        Residual[] known = known(of);
        if (known.length < FEWEST || !Double.isFinite(value.mean())) {
            return value;
        }
        double[] errors = nearest(known, value.mean());
        double asked = SHARE * errors.length + CHANCE_FACTOR * StrictMath.cbrt(distinct(errors));
        ErrorSpan span = ErrorSpan.shortest(errors, asked).smoothed(errors, asked, draw);
        return value.within(value.mean() + errors[span.first()], value.mean() + errors[span.last()]);
    }

    private static int distinct(double[] errors) {
        int distinct = 1;
        for (int index = 1; index < errors.length; index++) {
            distinct += Costs.differ(errors[index], errors[index - 1]) ? 1 : 0;
        }
        return distinct;
    }

    /** Ascending by what was predicted. */
    private Residual[] known(ChoiceTerm of) {
        return sorted.computeIfAbsent(of, asked -> {
            Deque<Residual> mine = own.get(asked);
            List<Residual> known = mine == null ? new ArrayList<>() : new ArrayList<>(mine);
            if (known.size() < NEAREST) {
                known.addAll(before.of(asked));
            }
            known.sort(Comparator.comparingDouble(Residual::predicted));
            return known.toArray(new Residual[0]);
        });
    }

    /** The errors of the nearest predictions, ascending; with all of those that are as near as the last of them. */
    private static double[] nearest(Residual[] known, double predicted) {
        int from = firstFrom(known, predicted);
        int to = from;
        double furthest = 0;
        while (true) {
            double below = from > 0 ? predicted - known[from - 1].predicted() : Double.POSITIVE_INFINITY;
            double above = to < known.length ? known[to].predicted() - predicted : Double.POSITIVE_INFINITY;
            double next = Math.min(below, above);
            if (Double.isInfinite(next) || (to - from >= NEAREST && next > furthest)) {
                break;
            }
            furthest = next;
            if (below <= above) {
                from--;
            } else {
                to++;
            }
        }
        double[] errors = new double[to - from];
        for (int index = 0; index < errors.length; index++) {
            errors[index] = known[from + index].error();
        }
        Arrays.sort(errors);
        return errors;
    }

    /** The place of the first that was predicted as this or higher. */
    private static int firstFrom(Residual[] known, double predicted) {
        int low = 0;
        int high = known.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (known[middle].predicted() < predicted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
