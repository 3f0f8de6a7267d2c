package dev.foresail.eval.microraft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The experiment's report, with two groups instead of a hundred. */
final class MicroRaftTest {
    @Test
    void everyBarButTheSpeedHolds() throws Exception {
        Experiment experiment = new MicroRaft();
        TreeMap<String, String> own = new TreeMap<>();
        own.put("--groups", "2");
        Experiment.Report report = experiment.run(
                new Experiment.Options(Optional.of(2), 0, true, Optional.empty(), new Interruption(), hint -> {}, own));
        assertEquals(7, report.bars().size());
        report.bars().stream().skip(1).forEach(bar -> assertTrue(bar.holds(), bar::toString));
        assertEquals(2, report.results().get("groups"));
        assertEquals(List.of("foresail eval microraft --seeds 2 --quick --groups 2 --json"), report.commands());
    }
}
