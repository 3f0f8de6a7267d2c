package dev.foresail.eval.proposer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.node.Decision;
import dev.foresail.steering.cli.Experiment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A part of the experiment, on seeds that it does not report. */
final class PaxosProposerTest {
    private static final long SEED = 7;
    private static final Duration SHORT = Duration.ofSeconds(3);

    @Test
    void withMostClientsInOneRegionTheExposedProposerSettlesWhereTheBestLeaderWouldBe() {
        SortedMap<String, ProposerRun.Outcome> runs = PaxosProposer.runs(
                ProposerSetting.SKEWED,
                SyntheticWideArea.generate(ProposerSetting.REPLICAS, SEED),
                SEED,
                SHORT,
                PastResiduals.NONE);
        assertEquals(9, runs.size());
        SettingFigures figures = new SettingFigures(ProposerSetting.SKEWED, List.of(runs));
        assertEquals(0, figures.failures());
        assertEquals(0, figures.neverExecuted());
        assertTrue(figures.exposedOf(SettingFigures.ORACLE, SettingFigures::mean) < 1.1, figures.results()::toString);
        assertTrue(
                figures.exposedOf(SettingFigures.ROUND_ROBIN, SettingFigures::mean) < 0.9, figures.results()::toString);
        int asked = runs.get("fixed-1").latencies().size();
        assertTrue(asked > 30, "commands: " + asked);
        runs.values().forEach(run -> assertEquals(asked, run.latencies().size(), run.form()));

        Experiment.Report report = PaxosProposer.report(List.of(figures), 1, false, "the command");
        assertEquals(List.of("the command"), report.commands());
        assertEquals(12, report.bars().size());
        assertTrue(report.bars().get(0).name().startsWith("skewed: exposed of the best fixed leader"));
        Map<?, ?> skewed = (Map<?, ?>) report.results().get("skewed");
        assertTrue(skewed.containsKey(SettingFigures.ORACLE));
    }

    @Test
    void aDirectoryWithoutTheMeasuredRegionsLeavesSyntheticOnes() {
        assertEquals(
                false,
                RegionNetworks.of(Optional.of(Path.of("no-such-directory"))).areMeasured());
        assertEquals(
                ProposerSetting.REPLICAS,
                RegionNetworks.of(Optional.empty()).draw(SEED).size());
    }

    /** The no-clairvoyance rule: what the world will draw after a decision cannot have entered it. */
    @Test
    void decisionsDoNotDependOnWhatTheWorldDrawsLater() {
        Duration change = Duration.ofSeconds(9);
        List<String> unchanged = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        String digest = play(change, false, unchanged);
        assertNotEquals(digest, play(change, true, changed), "the world did change");
        assertEquals(unchanged, changed);
        assertTrue(unchanged.size() >= 7, "decisions compared: " + unchanged.size());
    }

    private static String play(Duration change, boolean reseed, List<String> decisions) {
        ProposerRun<ExposedProposer> run = new ProposerRun<>(
                ProposerForm.exposed(),
                ProposerSetting.SLOW_REPLICA,
                SyntheticWideArea.generate(ProposerSetting.REPLICAS, SEED),
                SEED,
                Duration.ZERO,
                false);
        run.simulation().at(change, () -> {
            if (reseed) {
                run.simulation().reseedWorld(4711);
            }
        });
        run.play().decisions().stream()
                .filter(decision -> decision.atNanos() <= change.toNanos())
                .map(Decision::toString)
                .forEach(decisions::add);
        return run.simulation().digest();
    }
}
