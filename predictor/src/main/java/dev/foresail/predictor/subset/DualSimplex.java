package dev.foresail.predictor.subset;

import java.util.Arrays;
import java.util.Optional;

/**
 * The linear program behind a choice, where parts of candidates may be taken, with some candidates decided: the dual simplex method with
 * bounds, on one dense tableau that has a column for each undecided candidate or limit outside of the basis. A program with more
 * decided begins where its parent ended. Bounds, and that nothing meets the
 * rows, are computed from the given figures with the multipliers that the tableau suggests, and hold for any multipliers; which candidates are ruled out on the way rests on
 * penalties read off the tableau, whose entries below a billionth count as none. Used by one
 * thread.
 */
final class DualSimplex {
    /** What is known after a solution. */
    enum Outcome {
        /** The values are the best. */
        SOLVED,
        /** Nothing here is worth more than what was asked for, or nothing meets all rows. */
        BEATEN,
        /** Too many pivots, or no effort left: the bound holds all the same. */
        GIVEN_UP
    }

    private static final double FEASIBLE = 1e-9;
    private static final double LEAST_PIVOT = 1e-9;
    private static final double CERTAIN = 1e-10;
    private static final double LEAST_PENALTY = 1e-9;
    private static final double MOST_PENALTY = 1e9;

    private final Core core;
    private final Decided decided;
    private final int rows;
    /** Variables outside of the basis, one per column: a candidate's index, or the core's size and a row's number for its slack. */
    private final int[] outside;

    private final boolean[] isOne;
    private final boolean[] canEnter;
    private final int[] basic;
    /** A row for each variable in the basis, and the reduced values as the last. */
    private final double[][] tableau;

    private final double[] right;
    private final double[] basicValue;
    private final double[] ratios;
    private final double[] prices;
    private final int[] undecided;
    private final double[] nets;
    private double penaltyDown;
    private double penaltyUp;
    private double bound = Double.POSITIVE_INFINITY;

    /** With nothing in the basis but the count's price, which makes as many candidates worth taking as are wanted. */
    DualSimplex(Core core) {
        this(core, new Decided(core), core.size());
        for (int j = 0; j < outside.length; j++) {
            outside[j] = j;
            canEnter[j] = true;
            tableau[rows][j] = core.value(j);
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < outside.length; j++) {
                tableau[i][j] = core.weight(i, j);
            }
            right[i] = core.limit(i);
            basic[i] = core.size() + i;
        }
        pivot(0, core.lastWanted());
    }

    /** Begins where the parent ended, with more decided, and without the columns of what is. */
    DualSimplex(DualSimplex parent, Decided decided) {
        this(parent.core, decided, staying(parent, decided));
        bound = parent.bound;
        System.arraycopy(parent.basic, 0, basic, 0, rows);
        System.arraycopy(parent.right, 0, right, 0, rows + 1);
        int[] kept = new int[outside.length];
        int count = 0;
        for (int j = 0; j < parent.outside.length; j++) {
            int variable = parent.outside[j];
            if (staysOutside(variable)) {
                kept[count] = j;
                isOne[count] = parent.isOne[j];
                canEnter[count] = !decided.is(variable);
                outside[count++] = variable;
            } else if (decided.isTaken(variable)) {
                for (int i = 0; i <= rows; i++) {
                    right[i] -= parent.tableau[i][j];
                }
            }
        }
        for (int i = 0; i <= rows; i++) {
            double[] from = parent.tableau[i];
            double[] to = tableau[i];
            for (int j = 0; j < kept.length; j++) {
                to[j] = from[kept[j]];
            }
        }
    }

    private DualSimplex(Core core, Decided decided, int columns) {
        this.core = core;
        this.decided = decided;
        rows = core.rows();
        outside = new int[columns];
        isOne = new boolean[columns];
        canEnter = new boolean[columns];
        basic = new int[rows];
        tableau = new double[rows + 1][columns];
        right = new double[rows + 1];
        basicValue = new double[rows];
        ratios = new double[columns];
        prices = new double[rows];
        nets = new double[core.size()];
        undecided = decided.undecided();
    }

    private static int staying(DualSimplex parent, Decided now) {
        int count = 0;
        for (int variable : parent.outside) {
            count += variable >= parent.core.size() || !now.is(variable) ? 1 : 0;
        }
        return count;
    }

    /** The slack of the count stays, though it is none: its column is the count's price. */
    private boolean staysOutside(int variable) {
        return variable >= core.size() || !decided.is(variable);
    }

    /** What is decided here. */
    Decided decided() {
        return decided;
    }

    /** No choice that keeps to the rows and to what is decided is worth more; before the first solution as the parent has it, or infinite. */
    double bound() {
        return bound;
    }

    /** How large the tableau is. */
    long entries() {
        return (long) (rows + 1) * (outside.length + 1);
    }

    /** The candidates that are not decided here. */
    int[] undecided() {
        return undecided;
    }

    /** What an undecided candidate is worth at the prices of the bound. */
    double net(int candidate) {
        return nets[candidate];
    }

    /** How much of each candidate is taken. */
    double[] values() {
        double[] values = new double[core.size()];
        for (int j = 0; j < values.length; j++) {
            values[j] = decided.isTaken(j) ? 1 : 0;
        }
        for (int j = 0; j < outside.length; j++) {
            if (isOne[j]) {
                values[outside[j]] = 1;
            }
        }
        for (int i = 0; i < rows; i++) {
            if (basic[i] < values.length && !decided.is(basic[i])) {
                values[basic[i]] = basicValue[i];
            }
        }
        return values;
    }

    /** @param enough what the bound need not exceed */
    Outcome solve(double enough, Effort effort) {
        for (int pivots = 0; ; pivots++) {
            double tableauBound = settle();
            if (tableauBound <= enough && computeBound() <= enough) {
                return Outcome.BEATEN;
            }
            int row = mostViolated();
            if (row < 0) {
                return computeBound() <= enough ? Outcome.BEATEN : Outcome.SOLVED;
            }
            boolean isAbove = basicValue[row] > largest(basic[row]);
            int entering = entering(row, isAbove);
            boolean goesOn = pivots <= 50 + 10 * rows && !effort.isUsedUp();
            if (entering < 0 || !goesOn) {
                return withoutPivot(enough, entering < 0 && isImpossible(row, isAbove));
            }
            pivot(row, entering);
            isOne[entering] = outside[entering] < core.size() && isAbove;
            effort.spend(entries() / 4 + 1);
        }
    }

    private Outcome withoutPivot(double enough, boolean isImpossible) {
        return isImpossible || computeBound() <= enough ? Outcome.BEATEN : Outcome.GIVEN_UP;
    }

    /** Puts what is not in the basis where it is worth most, and finds the values of what is; returns what all are worth. */
    private double settle() {
        System.arraycopy(right, 0, basicValue, 0, rows);
        double worth = -right[rows];
        for (int j = 0; j < outside.length; j++) {
            double reduced = tableau[rows][j];
            if (!canEnter[j]) {
                isOne[j] = decided.isTaken(outside[j]);
            } else if (outside[j] < core.size() && reduced != 0) {
                isOne[j] = reduced > 0;
            }
            if (isOne[j]) {
                worth += reduced;
                for (int i = 0; i < rows; i++) {
                    basicValue[i] -= tableau[i][j];
                }
            }
        }
        return worth;
    }

    private int mostViolated() {
        int worst = -1;
        double most = FEASIBLE;
        for (int i = 0; i < rows; i++) {
            double violation = Math.max(least(basic[i]) - basicValue[i], basicValue[i] - largest(basic[i]));
            if (violation > most) {
                most = violation;
                worst = i;
            }
        }
        return worst;
    }

    private double least(int variable) {
        return decided.isTaken(variable) ? 1 : 0;
    }

    private double largest(int variable) {
        if (decided.is(variable)) {
            return decided.isTaken(variable) ? 1 : 0;
        }
        return variable < core.size() ? 1 : Double.POSITIVE_INFINITY;
    }

    /**
     * What is to come into the basis so that the row's violation goes, or -1. What would be met earlier and cannot mend it alone goes to
     * its other bound instead.
     */
    private int entering(int row, boolean isAbove) {
        double[] entries = tableau[row];
        for (int j = 0; j < ratios.length; j++) {
            ratios[j] = helps(j, entries[j], isAbove)
                    ? Math.abs(tableau[rows][j]) / Math.abs(entries[j])
                    : Double.POSITIVE_INFINITY;
        }
        double missing = isAbove ? basicValue[row] - largest(basic[row]) : least(basic[row]) - basicValue[row];
        while (true) {
            int next = smallest(entries);
            if (next < 0) {
                return -1;
            }
            missing -= outside[next] < core.size() ? Math.abs(entries[next]) : Double.POSITIVE_INFINITY;
            if (missing <= FEASIBLE) {
                return next;
            }
            ratios[next] = Double.POSITIVE_INFINITY;
        }
    }

    /** Of equal ratios that with the largest entry. */
    private int smallest(double[] entries) {
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int j = 0; j < ratios.length; j++) {
            if (ratios[j] < least || (ratios[j] == least && Math.abs(entries[j]) > Math.abs(entries[best]))) {
                least = ratios[j];
                best = j;
            }
        }
        return best;
    }

    /** Whether moving what is not in the basis off its bound moves the row's value the right way. */
    private boolean helps(int column, double entry, boolean isAbove) {
        return Math.abs(entry) > LEAST_PIVOT && entry > 0 == (isAbove != isOne[column]) && canEnter[column];
    }

    private void pivot(int row, int entering) {
        double[] own = tableau[row];
        double factor = 1 / own[entering];
        for (int j = 0; j < own.length; j++) {
            own[j] *= factor;
        }
        own[entering] = factor;
        right[row] *= factor;
        for (int i = 0; i <= rows; i++) {
            double[] other = tableau[i];
            double times = other[entering];
            if (i != row && times != 0) {
                for (int j = 0; j < other.length; j++) {
                    other[j] -= times * own[j];
                }
                other[entering] = -times * factor;
                right[i] -= times * right[row];
            }
        }
        int leaving = basic[row];
        basic[row] = outside[entering];
        outside[entering] = leaving;
        canEnter[entering] = !decided.is(leaving);
    }

    private double computeBound() {
        Arrays.fill(prices, 0);
        for (int j = 0; j < outside.length; j++) {
            setPrice(outside[j], -tableau[rows][j]);
        }
        double sum = decided.worth();
        for (int i = 0; i < rows; i++) {
            sum += prices[i] * decided.left(i);
        }
        for (int j : undecided) {
            nets[j] = core.value(j) - core.charge(prices, j);
            sum += Math.max(0, nets[j]);
        }
        bound = sum;
        return sum;
    }

    /** A slack's row has this price; that of what may not be exceeded cannot be negative. */
    private void setPrice(int variable, double price) {
        int row = variable - core.size();
        if (row >= 0) {
            prices[row] = row == 0 ? price : Math.max(0, price);
        }
    }

    /** Whether the rows, added up as the tableau has it, ask for what no values between the bounds give. */
    private boolean isImpossible(int row, boolean isAbove) {
        double sign = isAbove ? -1 : 1;
        Arrays.fill(prices, 0);
        setPrice(basic[row], sign);
        for (int j = 0; j < outside.length; j++) {
            setPrice(outside[j], sign * tableau[row][j]);
        }
        double sum = 0;
        double size = 1;
        for (int i = 0; i < rows; i++) {
            sum -= prices[i] * decided.left(i);
            size += Math.abs(prices[i] * decided.left(i));
        }
        for (int j : undecided) {
            sum += Math.min(0, core.charge(prices, j));
        }
        return sum > CERTAIN * size;
    }

    /**
     * Which candidate to decide next: of those of which parts are taken, one that can only be decided one way, else the one whose decision lowers
     * the bound most on both sides.
     *
     * @param enough what a choice has to be worth more than
     * @return empty when no candidate is taken in part
     */
    Optional<Decision> mostTelling(double noticeable, double enough) {
        Optional<Decision> best = Optional.empty();
        double spare = bound - enough + CERTAIN;
        double most = 0;
        for (int i = 0; i < rows; i++) {
            boolean isWhole = Math.min(basicValue[i], 1 - basicValue[i]) < noticeable;
            if (basic[i] >= core.size() || decided.is(basic[i]) || isWhole) {
                continue;
            }
            findPenalties(i);
            boolean isForced = Math.max(penaltyUp, penaltyDown) > spare;
            double score = isForced ? Double.MAX_VALUE : penaltyUp * penaltyDown;
            if (score > most) {
                most = score;
                best = Optional.of(new Decision(basic[i], penaltyUp <= penaltyDown, isForced));
            }
        }
        return best;
    }

    /**
     * By how much the next pivot lowers the bound when a candidate in the basis is left out, and when it is taken wholly; neither is 0 or
     * infinite.
     */
    private void findPenalties(int row) {
        double down = MOST_PENALTY;
        double up = MOST_PENALTY;
        for (int j = 0; j < outside.length; j++) {
            double entry = tableau[row][j];
            if (!canEnter[j] || Math.abs(entry) <= LEAST_PIVOT) {
                continue;
            }
            double ratio = Math.abs(tableau[rows][j] / entry);
            if (entry > 0 != isOne[j]) {
                down = Math.min(down, ratio);
            } else {
                up = Math.min(up, ratio);
            }
        }
        penaltyDown = Math.max(LEAST_PENALTY, down * basicValue[row]);
        penaltyUp = Math.max(LEAST_PENALTY, up * (1 - basicValue[row]));
    }
}
