package dev.foresail.eval.benchmark;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.subset.SubsetAnswer;
import dev.foresail.predictor.subset.SubsetBudget;
import dev.foresail.predictor.subset.SubsetProblem;
import dev.foresail.predictor.subset.SubsetSolver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The best 20 of 200 candidates under five constraints: limits of sums, and the rest at most so many of a group. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SubsetBenchmark {
    private static final int CANDIDATES = 200;
    private static final int CHOOSE = 20;
    private static final int CONSTRAINTS = 5;
    private static final int PROBLEMS = 20;
    /** What the chosen ones may use, as a share of what as many average ones do. */
    private static final double TIGHTNESS = 0.7;

    /** How many of the five constraints limit sums. */
    @Param({"1", "2", "3", "5"})
    private int limits;

    private final List<SubsetProblem> problems = new ArrayList<>();
    private int next;

    /** Draws problems. */
    @Setup
    public void draw() {
        for (int seed = 0; seed < PROBLEMS; seed++) {
            problems.add(problem(RandomStream.of(seed, "subset benchmark")));
        }
    }

    private SubsetProblem problem(RandomStream random) {
        SubsetProblem problem = SubsetProblem.choose(
                CHOOSE, random.doubles(CANDIDATES).map(uniform -> uniform * 100).toArray());
        for (int limit = 0; limit < limits; limit++) {
            double[] weights = random.doubles(CANDIDATES).toArray();
            double mean = java.util.Arrays.stream(weights).sum() / CANDIDATES;
            problem = problem.atMost("limit " + limit, mean * CHOOSE * TIGHTNESS, weights);
        }
        for (int grouping = limits; grouping < CONSTRAINTS; grouping++) {
            boolean isFirst = grouping == limits;
            int[] groups = new int[CANDIDATES];
            for (int i = 0; i < CANDIDATES; i++) {
                groups[i] = random.nextInt(isFirst ? 15 : 6);
            }
            problem = problem.atMostPerGroup("grouping " + grouping, isFirst ? 2 : 5, groups);
        }
        return problem;
    }

    /** One choice, proven to be the best. */
    @Benchmark
    public SubsetAnswer bestSubset() {
        next = (next + 1) % PROBLEMS;
        return SubsetSolver.solve(problems.get(next), SubsetBudget.ofSteps(100_000_000));
    }
}
