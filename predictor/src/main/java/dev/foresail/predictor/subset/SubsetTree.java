package dev.foresail.predictor.subset;

import dev.foresail.predictor.subset.DualSimplex.Outcome;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Decides what is left of a problem candidate by candidate, and leaves out what the linear program's bound rules out (branch and bound). The
 * programs that wait are on a stack of their own, so that no size of a problem makes calls nest. Used by one thread, for one core.
 */
final class SubsetTree {
    private static final double NOTICEABLE = 1e-7;
    private static final double WORTH_A_NEW_START = 0.8;
    /** The tableaus that wait have at most so many entries together; beyond, the search ends as if its budget was used up. */
    private static final long MOST_ENTRIES = 8_000_000;

    private final SubsetProblem problem;
    private final Core core;
    private final GreedyChoice best;
    private final Effort effort;
    private final DualSimplex root;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long entriesWaiting;

    /** The second way of a decision. */
    private record Waiting(DualSimplex program, Decision way) {}

    SubsetTree(SubsetProblem problem, Core core, GreedyChoice best, Effort effort) {
        this.problem = problem;
        this.core = core;
        this.best = best;
        this.effort = effort;
        root = new DualSimplex(core);
    }

    /** Solves the program before any decision, and tries what it suggests; false when nothing here can be better. */
    boolean begin() {
        if (root.solve(enough(), effort) == Outcome.BEATEN) {
            return false;
        }
        round();
        best.exchange();
        best.exchangePairs(nets());
        return root.bound() > enough();
    }

    /** No choice that this core allows is worth more. */
    double bound() {
        return core.unscaled(root.bound());
    }

    /** What the best choice so far leaves to decide. */
    Core remaining() {
        Decided follows = following(root);
        boolean[] isOut = new boolean[problem.size()];
        boolean[] isIn = new boolean[problem.size()];
        Arrays.fill(isOut, true);
        for (int candidate : core.taken()) {
            isIn[candidate] = true;
        }
        for (int i = 0; i < core.size(); i++) {
            isOut[core.candidate(i)] = follows.is(i) && !follows.isTaken(i);
            isIn[core.candidate(i)] = follows.isTaken(i);
        }
        return new Core(problem, isOut, isIn);
    }

    private Decided following(DualSimplex program) {
        Decided follows = new Decided(program.decided());
        decideWhatFollows(program, follows);
        return follows;
    }

    private double enough() {
        return core.scaled(best.enough());
    }

    /**
     * Decides everything.
     *
     * @return no choice that this core allows, and that was not looked at, is worth more: negative infinity when all were looked at; empty
     *     when what was found leaves so little to decide that it is better to begin again with {@link #remaining}
     */
    OptionalDouble search() {
        DualSimplex program = root;
        double known = Double.NaN;
        while (true) {
            if (best.value() != known) {
                known = best.value();
                if (core.size() - following(root).count() < WORTH_A_NEW_START * core.size()) {
                    return OptionalDouble.empty();
                }
            }
            Outcome outcome = program.solve(enough(), effort);
            Optional<Decision> decision = outcome == Outcome.BEATEN ? Optional.empty() : decision(program);
            if (decision.isPresent()) {
                if (!decision.get().isForced()) {
                    later(new Waiting(program, decision.get().opposite()));
                }
                program = child(program, decision.get());
            } else if (isNoneWaiting()) {
                return OptionalDouble.of(Double.NEGATIVE_INFINITY);
            } else {
                Waiting next = waiting.pop();
                entriesWaiting -= next.program().entries();
                program = child(next.program(), next.way());
            }
            if (effort.isUsedUp() || entriesWaiting > MOST_ENTRIES) {
                return OptionalDouble.of(openBound(program.bound()));
            }
        }
    }

    private void later(Waiting second) {
        waiting.push(second);
        entriesWaiting += second.program().entries();
    }

    private boolean isNoneWaiting() {
        while (!waiting.isEmpty() && waiting.element().program().bound() <= enough()) {
            entriesWaiting -= waiting.pop().program().entries();
        }
        return waiting.isEmpty();
    }

    private DualSimplex child(DualSimplex parent, Decision way) {
        Decided decided = new Decided(parent.decided());
        decided.decide(way.candidate(), way.isTaken());
        decideWhatFollows(parent, decided);
        effort.spend(parent.entries() / 8 + 1);
        return new DualSimplex(parent, decided);
    }

    /** Decides candidates of which the program's bound says that the other way cannot be better. */
    private void decideWhatFollows(DualSimplex program, Decided decided) {
        double spare = program.bound() - enough();
        for (int i : program.undecided()) {
            double net = program.net(i);
            if (!decided.is(i) && Math.abs(net) >= spare) {
                decided.decide(i, net > 0);
            }
        }
    }

    /** What to decide next; empty when nothing can be better here. */
    private Optional<Decision> decision(DualSimplex program) {
        Optional<Decision> decision = program.mostTelling(NOTICEABLE, enough());
        if (decision.isEmpty() && program.bound() > enough()) {
            best.offerIfMet(chosen(program));
            best.exchange();
            for (int i = 0; i < core.size() && program.bound() > enough(); i++) {
                if (!program.decided().is(i)) {
                    return Optional.of(new Decision(i, true, false));
                }
            }
        }
        return decision;
    }

    private int[] chosen(DualSimplex program) {
        double[] values = program.values();
        IntStream undecided =
                IntStream.range(0, values.length).filter(i -> values[i] > 0.5).map(core::candidate);
        return IntStream.concat(IntStream.of(core.taken()), undecided).toArray();
    }

    /** Takes candidates in the order of how much of them the first program takes. */
    private void round() {
        double[] values = root.values();
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((one, other) -> values[one] == values[other]
                        ? Double.compare(root.net(other), root.net(one))
                        : Double.compare(values[other], values[one]))
                .mapToInt(core::candidate)
                .toArray();
        best.tryOrder(IntStream.concat(IntStream.of(core.taken()), IntStream.of(order))
                .toArray());
    }

    /** Of each of the problem's candidates that is not decided yet. */
    private double[] nets() {
        double[] nets = new double[problem.size()];
        Arrays.fill(nets, Double.NaN);
        for (int i = 0; i < core.size(); i++) {
            nets[core.candidate(i)] = root.net(i);
        }
        return nets;
    }

    private double openBound(double present) {
        double open = present;
        for (Waiting each : waiting) {
            open = Math.max(open, each.program().bound());
        }
        return core.unscaled(Math.min(open, root.bound()));
    }
}
