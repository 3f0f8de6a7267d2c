package dev.foresail.eval.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Small files, and made-up runs. */
class BlockDistributionTest {
    private static final Map<String, String> SMALL = Map.of("blocks", "12");
    private static final int NODES = 8;

    @Test
    void everyFormGetsTheFileToAll() {
        List<BlocksForm<?>> forms = new ArrayList<>(BlocksForm.hardCoded(SMALL));
        forms.add(BlocksForm.exposed(SMALL));
        for (BlocksForm<?> form : forms) {
            BlocksRun run = new BlocksTrial<>(form, NODES, 5, true, 10).play(2);
            assertTrue(run.medianSeconds() <= run.lastSeconds(), run::toString);
            assertEquals(0, run.failures());
            boolean isExposed = form.name().equals(BlocksForm.EXPOSED);
            assertEquals(isExposed, run.decisions().total() > 0);
            assertEquals(isExposed, run.hindsight().judged() > 0);
            assertEquals(isExposed, run.controlMessages() > 0);
        }
    }

    private static List<String> decisionsUntil(Duration until, boolean halves, boolean reseeded, List<String> digests) {
        BlocksTrial<ExposedBlocks> trial =
                new BlocksTrial<>(BlocksForm.exposed(Map.of("blocks", "24")), NODES, 8, halves, 0);
        Simulation<ExposedBlocks> simulation = trial.simulation();
        List<Decision> decisions = new ArrayList<>();
        simulation.onDecision(decisions::add);
        simulation.at(until, () -> {
            if (reseeded) {
                simulation.reseedWorld(4711);
            }
        });
        trial.begin(2);
        simulation.runUntil(Duration.ofSeconds(22));
        digests.add(simulation.digest());
        return decisions.stream()
                .filter(decision -> decision.atNanos() <= until.toNanos())
                .map(Decision::toString)
                .toList();
    }

    /** The no-clairvoyance rule: neither what the world will draw after a decision nor how links will change can have entered it. */
    @Test
    void decisionsDoNotDependOnWhatComesLater() {
        Duration beforeChange = Duration.ofSeconds(19);
        List<String> digests = new ArrayList<>();
        List<String> unchanged = decisionsUntil(beforeChange, false, false, digests);
        assertEquals(unchanged, decisionsUntil(beforeChange, false, true, digests), "the world is another one");
        assertEquals(unchanged, decisionsUntil(beforeChange, true, false, digests), "links change");
        assertTrue(unchanged.size() >= 50, "decisions compared: " + unchanged.size());
        assertNotEquals(digests.get(0), digests.get(1));
        assertNotEquals(digests.get(0), digests.get(2));
    }

    /** With an objective that sees nothing of what alternatives come to, their order decides: that was so in 99 % of all decisions, and looked like prediction. */
    @Test
    void predictedValuesTellMostAlternativesApart() {
        BlocksTrial<ExposedBlocks> trial =
                new BlocksTrial<>(BlocksForm.exposed(Map.of("blocks", "24")), NODES, 8, true, 0);
        List<Decision> decisions = new ArrayList<>();
        trial.simulation().onDecision(decisions::add);
        trial.play(2);
        decisions.removeIf(decision -> decision.values().isEmpty());
        long toldApart = decisions.stream()
                .filter(decision -> decision.values().stream()
                                .mapToDouble(Decision.Value::mean)
                                .distinct()
                                .count()
                        > 1)
                .count();
        assertTrue(decisions.size() >= 50, "decisions: " + decisions.size());
        assertTrue(toldApart >= 0.9 * decisions.size(), toldApart + " of " + decisions.size());
    }

    @Test
    void aQuarterOfTheLinksIsHalvedEachTime() {
        MeshLinks links = new MeshLinks(100, 3, true);
        double[] sums = new double[3];
        for (int from = 0; from < 100; from++) {
            for (int to = 0; to < 100; to++) {
                if (from != to) {
                    double before = links.bandwidthBytesPerSecond(from, to);
                    assertTrue(before > 5_000 && before <= 250_000);
                    for (int time = 0; time < 3; time++) {
                        double now = links.bandwidthBytesPerSecond(from, to, 20_000_000_000L * time + 1);
                        sums[time] += now / before;
                    }
                }
            }
        }
        assertEquals(9_900, sums[0]);
        assertEquals(0.875, sums[1] / 9_900, 0.03);
        assertEquals(0.875 * 0.875, sums[2] / 9_900, 0.04);
    }

    private static BlocksRun run(String setting, String form, double median, double last) {
        return new BlocksRun(
                1, setting, form, median, last, 0, 0, DecisionCounts.NONE, 0, 0, new HindsightFigures(List.of()));
    }

    @Test
    void theExposedFormIsComparedWithTheBestOfEachSetting() {
        BlocksFigures figures = new BlocksFigures(List.of(
                run("static", "random", 50, 60),
                run("static", "rarest-random", 40, 80),
                run("static", BlocksForm.EXPOSED, 41, 48),
                run("static", BlocksForm.EXPOSED_RANDOM, 10, 10),
                run("dynamic", "random", 100, 200),
                run("dynamic", "rarest-random", 100, 300),
                run("dynamic", BlocksForm.EXPOSED, 84, 206)));
        List<Bar> bars = figures.bars();
        assertEquals(
                List.of(102.5, 80.0, 84.0, 103.0),
                bars.stream().limit(4).map(Bar::value).toList());
        assertEquals(
                List.of(false, true, true, false),
                bars.stream().limit(4).map(Bar::holds).toList());
        assertEquals(20.0, bars.get(4).value());
        assertTrue(bars.get(4).holds(), "than the best, and so than each");
    }

    @Test
    void aRunThatDoesNotGetThereIsLaterThanAny() {
        BlocksFigures figures = new BlocksFigures(List.of(
                run("static", "random", 50, 100),
                run("static", BlocksForm.EXPOSED, 40, 50),
                run("static", BlocksForm.EXPOSED, 40, 90),
                run("static", BlocksForm.EXPOSED, 40, Double.NaN)));
        assertEquals(90.0, figures.bars().get(1).value());
    }

    private static int simulated(StringWriter err, String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "blocks", "--json"));
        arguments.addAll(List.of(options));
        return Foresail.execute(
                arguments, new PrintWriter(new StringWriter()), new PrintWriter(err), new Interruption(), false);
    }

    @Test
    void theScenarioIsSimulatedByNameAndRefusesWhatCannotBe() {
        StringWriter err = new StringWriter();
        assertEquals(0, simulated(err, "--nodes", "6", "--seed", "1", "--until", "2s"), err::toString);
        assertEquals(64, simulated(err, "--nodes", "6", "--set", "rings=0"), err::toString);
        assertTrue(err.toString().contains("FS463"), err::toString);
    }
}
