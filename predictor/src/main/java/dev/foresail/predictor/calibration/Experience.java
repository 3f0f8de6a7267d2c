package dev.foresail.predictor.calibration;

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
 * <p>Idea: conformal prediction (Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005), conditional on the prediction by taking the
 * residuals of those past predictions that were nearest to it. The interval is the shortest that holds 80 % of their errors, counted so that one more error lies in it with that probability were all of them
 * exchangeable. Outcomes of this node count as soon as there are enough; until then those from before are taken in, which a run of another time or in a simulation
 * has left. Weakness: errors of a system that changes are not exchangeable, so an interval lags behind by a window; and of the shortest of several intervals the coverage is a little less than
 * what was asked, by a hundredth or two for a hundred residuals.
 *
 * <p>Not thread-safe: for the node's thread.
 */
public final class Experience {
    /** The share of outcomes that an interval is to hold. */
    static final double SHARE = 0.8;

    /** Of a choice so many of the latest are kept. */
    private static final int MOST_KEPT = 200;

    /** With so many of its own a node needs no others. */
    private static final int ENOUGH = 50;

    /** An interval rests on so many, if there are as many. */
    private static final int NEAREST = 100;

    /** Of fewer no interval of 80 % is to be had but one that holds anything. */
    private static final int FEWEST = 9;

    private final PastResiduals before;
    private final Map<ChoiceTerm, Deque<Residual>> own = new HashMap<>();

    /** @param before what is known from other runs */
    public Experience(PastResiduals before) {
        this.before = before;
    }

    /** What became of a prediction of this node; without effect when one of the two is no finite number. */
    public void add(ChoiceTerm of, Residual residual) {
        if (!residual.isFinite()) {
            return;
        }
        Deque<Residual> kept = own.computeIfAbsent(of, added -> new ArrayDeque<>());
        kept.addFirst(residual);
        if (kept.size() > MOST_KEPT) {
            kept.removeLast();
        }
    }

    /** The values of a choice's alternatives with the intervals in which their outcomes will be; as they are where too little is known. */
    public List<Decision.Value> stated(String choice, List<Decision.Value> values) {
        List<Decision.Value> stated = new ArrayList<>();
        for (Decision.Value value : values) {
            stated.add(stated(new ChoiceTerm(choice, value.term()), value));
        }
        return stated;
    }

    private Decision.Value stated(ChoiceTerm of, Decision.Value value) {
        List<Residual> known = known(of);
        if (known.size() < FEWEST || !Double.isFinite(value.mean())) {
            return value;
        }
        double[] errors = nearest(known, value.mean());
        int held = Math.min(errors.length, (int) StrictMath.ceil(SHARE * (errors.length + 1)));
        int first = 0;
        for (int from = 1; from + held <= errors.length; from++) {
            if (errors[from + held - 1] - errors[from] < errors[first + held - 1] - errors[first]) {
                first = from;
            }
        }
        return value.within(value.mean() + errors[first], value.mean() + errors[first + held - 1]);
    }

    private List<Residual> known(ChoiceTerm of) {
        Deque<Residual> mine = own.get(of);
        List<Residual> known = mine == null ? new ArrayList<>() : new ArrayList<>(mine);
        if (known.size() < ENOUGH) {
            known.addAll(before.of(of));
        }
        return known;
    }

    /** The errors of the nearest predictions, ascending; all of those that are equally near. */
    private static double[] nearest(List<Residual> known, double predicted) {
        List<Residual> sorted = new ArrayList<>(known);
        sorted.sort(Comparator.comparingDouble(residual -> Math.abs(residual.predicted() - predicted)));
        int count = Math.min(NEAREST, sorted.size());
        double furthest = Math.abs(sorted.get(count - 1).predicted() - predicted);
        while (count < sorted.size() && Math.abs(sorted.get(count).predicted() - predicted) <= furthest) {
            count++;
        }
        double[] errors = new double[count];
        Arrays.setAll(errors, index -> sorted.get(index).error());
        Arrays.sort(errors);
        return errors;
    }
}
