package dev.foresail.predictor.subset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.subset.SubsetAnswer.How;
import dev.foresail.predictor.subset.SubsetAnswer.Relaxation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SubsetSolverTest {
    private static final SubsetBudget AMPLE = SubsetBudget.ofSteps(100_000_000);

    @Test
    void theBestTwoOfFour() {
        SubsetProblem problem = SubsetProblem.choose(2, 10, 8, 7, 3)
                .atMost("sum(cost) <= 9", 9, 6, 4, 4, 1)
                .atMostPerGroup("at most 1 per isp", 1, 0, 0, 1, 1);
        assertEquals(
                new SubsetAnswer(How.OPTIMAL, List.of(1, 2), 15, 15, List.of()),
                SubsetSolver.solve(problem, SubsetBudget.DEFAULT));
    }

    @Test
    void nothingIsChosenOfNothing() {
        assertEquals(
                new SubsetAnswer(How.OPTIMAL, List.of(), 0, 0, List.of()),
                SubsetSolver.solve(SubsetProblem.choose(0), SubsetBudget.DEFAULT));
    }

    /** Random problems, some of which nothing meets, against looking at every choice. */
    @Test
    void theOptimumIsThatOfLookingAtEveryChoice() {
        int infeasible = 0;
        for (int seed = 0; seed < 400; seed++) {
            SmallProblem small = new SmallProblem(RandomStream.of(seed, "small problems"));
            double expected = small.bruteForce();
            SubsetAnswer answer = SubsetSolver.solve(small.problem(), AMPLE);
            if (expected == Double.NEGATIVE_INFINITY) {
                infeasible++;
                assertEquals(How.INFEASIBLE, answer.how(), "seed " + seed);
                assertTrue(!answer.relaxations().isEmpty(), "seed " + seed);
            } else {
                assertEquals(How.OPTIMAL, answer.how(), "seed " + seed);
                assertEquals(expected, answer.value(), 1e-9, "seed " + seed);
                assertTrue(small.isMet(answer.chosen()), "seed " + seed);
            }
        }
        assertTrue(infeasible > 20 && infeasible < 300, infeasible + " of 400 cannot be met");
    }

    /** Five limits of sums, of figures that have no common measure. */
    @Test
    void theOptimumUnderFiveLimitsIsThatOfLookingAtEveryChoice() {
        int feasible = 0;
        for (int seed = 0; seed < 100; seed++) {
            SmallProblem small = new SmallProblem(RandomStream.of(seed, "five limits"), 12 + seed % 5, 4, 5);
            double expected = small.bruteForce();
            SubsetAnswer answer = SubsetSolver.solve(small.problem(), AMPLE);
            assertEquals(
                    expected == Double.NEGATIVE_INFINITY ? How.INFEASIBLE : How.OPTIMAL, answer.how(), "seed " + seed);
            if (answer.how() == How.OPTIMAL) {
                feasible++;
                assertEquals(expected, answer.value(), 1e-9, "seed " + seed);
                assertTrue(small.isMet(answer.chosen()), "seed " + seed);
            }
        }
        assertTrue(feasible > 20 && feasible < 100, feasible + " of 100 can be met");
    }

    /** Whatever the search is doing when the budget ends, it ends, and what it says holds. */
    @Test
    void noPhaseGoesOnPastTheBudgetAndWhatIsSaidThenHolds() {
        SmallProblem hard = new SmallProblem(RandomStream.of(5, "hard"), 80, 10, 5);
        double best = SubsetSolver.solve(hard.problem(), AMPLE).value();
        for (long steps = 0; steps < 600_000; steps = 2 * steps + 1) {
            SubsetAnswer answer = SubsetSolver.solve(hard.problem(), SubsetBudget.ofSteps(steps));
            assertTrue(answer.bound() >= best - 1e-6, steps + " steps: " + answer);
            assertTrue(answer.how() == How.UNKNOWN || answer.value() <= best + 1e-6, steps + " steps: " + answer);
        }
        AtomicLong looks = new AtomicLong();
        SubsetSolver.solve(hard.problem(), new SubsetBudget(Long.MAX_VALUE, 1, () -> 5 * looks.getAndIncrement()));
        assertTrue(looks.get() < 300, looks + " looks at a clock that says from the first on that it is late");
    }

    @Test
    void tenThousandOfTenThousandAreChosenWithoutNestedCalls() {
        double[] values = new double[10_000];
        double[] weights = new double[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 97;
            weights[i] = i % 89;
        }
        SubsetProblem problem = SubsetProblem.choose(9_000, values).atMost("weight", 390_000, weights);
        SubsetAnswer answer = SubsetSolver.solve(problem, SubsetBudget.ofSteps(2_000_000));
        assertEquals(9_000, answer.chosen().size());
        assertTrue(answer.value() > 0.99 * answer.bound(), answer::toString);
    }

    @Test
    void whatCannotBeMetIsNamedWithTheLeastThatWouldDo() {
        SubsetProblem problem = SubsetProblem.choose(3, 5, 5, 5, 5)
                .atMost("sum(cost) <= 10", 10, 4, 4, 4, 9)
                .atMost("sum(load) <= 100", 100, 1, 1, 1, 1)
                .atMostPerGroup("at most 2 per isp", 2, 0, 0, 1, 1);
        assertEquals(List.of(new Relaxation("sum(cost) <= 10", 2)), rounded(SubsetSolver.solve(problem, AMPLE)));
        SubsetProblem tooFew = SubsetProblem.choose(3, 5, 5, 5)
                .atMostPerGroup("at most 1 per isp", 1, 0, 0, 0)
                .atLeast("sum(speed) >= 7", 7, 2, 2, 2);
        assertEquals(
                List.of(new Relaxation("sum(speed) >= 7", 1), new Relaxation("at most 1 per isp", 2)),
                rounded(SubsetSolver.solve(tooFew, AMPLE)));
    }

    private static List<Relaxation> rounded(SubsetAnswer answer) {
        assertEquals(How.INFEASIBLE, answer.how());
        return answer.relaxations().stream()
                .map(each -> new Relaxation(each.constraint(), Math.round(each.by() * 1e6) / 1e6))
                .toList();
    }

    @Test
    void pastItsBudgetItSaysThatItIsGreedyAndHowMuchBetterThereMayBe() {
        SmallProblem hard = new SmallProblem(RandomStream.of(5, "hard"), 150, 15, 5);
        SubsetAnswer answer = SubsetSolver.solve(hard.problem(), SubsetBudget.ofSteps(20_000));
        assertEquals(How.GREEDY, answer.how());
        assertTrue(hard.isMet(answer.chosen()));
        assertTrue(answer.bound() > answer.value() && answer.bound() < 1.1 * answer.value(), answer::toString);
        assertEquals(answer.bound() - answer.value(), answer.gap());
        assertTrue(answer.inWords().startsWith("best found, at most "), answer::inWords);
        AtomicLong nanos = new AtomicLong();
        SubsetBudget late = new SubsetBudget(Long.MAX_VALUE, 100, () -> nanos.addAndGet(5));
        assertEquals(answer.how(), SubsetSolver.solve(hard.problem(), late).how());
    }

    @Test
    void tenThousandCandidatesAreChosenFromWithinAPercent() {
        SmallProblem large = new SmallProblem(RandomStream.of(6, "large"), 10_000, 50, 3);
        SubsetAnswer answer = SubsetSolver.solve(large.problem(), SubsetBudget.ofSteps(20_000_000));
        assertTrue(large.isMet(answer.chosen()));
        assertEquals(50, answer.chosen().size());
        assertTrue(answer.value() > 0.99 * answer.bound(), answer::toString);
    }

    @Test
    void whatIsNoProblemIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SubsetProblem.choose(3, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> SubsetProblem.choose(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> SubsetProblem.choose(1, new double[10_001]));
        SubsetProblem two = SubsetProblem.choose(1, 1, 2);
        assertThrows(IllegalArgumentException.class, () -> two.atMost("cost", 1, 1));
        assertThrows(IllegalArgumentException.class, () -> two.atMostPerGroup("isp", -1, 0, 0));
    }

    /** Of values so large that their sum cannot show which of two is better, either will do; but it has to end. */
    @Test
    void candidatesThatDifferByLessThanTheSumsRoundingAreNotExchangedForEver() {
        SubsetProblem problem =
                SubsetProblem.choose(2, 1e12, 1e10, Math.nextUp(1e9), 1e9).atMost("weight", 0, 0, 1, 0, -1);
        SubsetAnswer answer = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> SubsetSolver.solve(problem, SubsetBudget.DEFAULT));
        assertEquals(1.001e12, answer.value(), 1);
    }
}
