package dev.foresail.eval.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.lookahead.LinkDelays;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.steering.cli.Experiment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Roll-outs of a whole tree; the clock is the test's own, and each look at it takes a second. */
final class RollOutSpeedTest {
    private static final Objective FIVE_SECONDS = Objective.minimize("meanDepth", Duration.ofSeconds(5));

    private static Roller.Turn roll(List<Situation<RandTree>> situations, long firstSeed, long seconds) {
        AtomicLong now = new AtomicLong();
        return new Roller<>(
                        new RandTreeMachine(),
                        FIVE_SECONDS,
                        situations,
                        () -> now.getAndAdd(1_000_000_000),
                        seconds * 1_000_000_000,
                        firstSeed)
                .call();
    }

    @Test
    void everybodyIsRunningAndTheTreeIsBusy() {
        List<Situation<RandTree>> situations = Situations.of(31, 3);
        assertFalse(situations.isEmpty());
        for (Situation<RandTree> situation : situations) {
            assertEquals(30, situation.snapshot().neighbours().size());
            assertTrue(situation.alternatives().size() > 1, situation::toString);
        }
        Roller.Turn turn = roll(situations, 5, 40);
        assertEquals(1.0, turn.perSecond());
        assertTrue(turn.events().stream().allMatch(events -> events >= 200), turn::toString);
        assertEquals(turn.events(), roll(situations, 5, 40).events(), "the same seeds, the same futures");
    }

    @Test
    void noTwoRollOutsDrawTheSameDelays() {
        Situation<RandTree> situation = Situations.of(31, 3).get(0);
        List<Long> drawn = new ArrayList<>();
        LinkDelays noting = (from, to, random) -> {
            long nanos = (long) (random.nextDouble() * 1e9);
            drawn.add(nanos);
            return nanos;
        };
        roll(
                List.of(new Situation<>(situation.snapshot(), situation.event(), situation.alternatives(), noting)),
                5,
                10);
        assertTrue(drawn.size() > 10 * 100, drawn.size() + " draws");
        assertTrue(drawn.stream().distinct().count() > 0.99 * drawn.size(), "as good as all of them differ");
    }

    @Test
    void theBarsAreTheMedianRoundOfOneThreadAndTheSmallestRollOutOfAll() {
        Roller.Turn slow = new Roller.Turn(List.of(300.0, 250.0), 0.001);
        Roller.Turn fast = new Roller.Turn(List.of(300.0, 300.0, 300.0), 0.001);
        Roller.Turn beside = new Roller.Turn(List.of(199.0), 1);
        Experiment.Report report =
                RollOutSpeed.report(1, 1, List.of(slow, slow, fast), List.of(beside), "foresail eval roll-outs --json");
        assertEquals(
                List.of(2000.0, 199.0),
                report.bars().stream().map(Experiment.Bar::value).toList());
        assertEquals(
                List.of(true, false),
                report.bars().stream().map(Experiment.Bar::holds).toList());
        Experiment.Report nothing = RollOutSpeed.report(0, 0, List.of(), List.of(), "");
        assertTrue(nothing.bars().stream().noneMatch(Experiment.Bar::holds), "what was not measured holds nothing");
    }
}
