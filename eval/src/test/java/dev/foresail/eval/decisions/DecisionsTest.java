package dev.foresail.eval.decisions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final HitFigures QUICK_AND_SMALL = new HitFigures(200, 400, 900, 180, 1_000);

    private static List<Boolean> bars(HitFigures hit, TreeDecisions... runs) {
        return Decisions.report(hit, List.of(runs), "again").bars().stream()
                .map(Experiment.Bar::holds)
                .toList();
    }

    @Test
    void theBarsAreThoseThatWereAskedFor() {
        TreeDecisions good = new TreeDecisions(1, 80, 20, 0, 5, 5);
        assertEquals(List.of(true, true, true, true), bars(QUICK_AND_SMALL, good));
        assertEquals(
                List.of(false, false, false, false),
                bars(new HitFigures(200, 5_000, 900, 201, 1_000), new TreeDecisions(1, 79, 20, 1, 5, 6)));
        assertEquals(List.of(false, false, false, false), bars(HitFigures.NONE));
    }

    @Test
    void mostOfATreesChoicesAreAnsweredAtOnce() {
        TreeDecisions run = TreeDecisions.play(31, 7);
        assertTrue(run.all() > 60, run::toString);
        assertTrue(run.atOnce() >= 0.8 * run.all(), run::toString);
        assertEquals(5, run.levelsAfterJoin());
        assertEquals(5, run.levelsAfterRejoin());
    }

    @Test
    void newcomersOfAllNamesAreTheSameChoice() {
        DelegateFixture fixture = new DelegateFixture();
        assertFalse(fixture.choices().isEmpty());
        fixture.informed();
    }
}
