package dev.foresail.eval.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Interruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The experiments are found by the command line, and their reports have what its JSON promises. */
final class EvalContractTest {
    private static List<Experiment> experiments() {
        List<Experiment> found = new ArrayList<>();
        ServiceLoader.load(Experiment.class).forEach(found::add);
        return found;
    }

    @Test
    void allAreFoundByTheirNames() {
        TreeSet<String> names = new TreeSet<>();
        experiments().forEach(experiment -> names.add(experiment.name()));
        assertEquals(
                new TreeSet<>(List.of(
                        "bamboo-churn",
                        "benchmarks",
                        "blocks",
                        "choice-latency",
                        "complexity",
                        "coordinates",
                        "decisions",
                        "determinism",
                        "emulation",
                        "event-core",
                        "explorer-speed",
                        "exposed-overlays",
                        "gossip",
                        "hostile-peer",
                        "known-bugs",
                        "known-peers",
                        "layer-cost",
                        "live-vs-simulation",
                        "microraft",
                        "overlay-size",
                        "paxos-proposer",
                        "phase-size",
                        "prediction-depth",
                        "randtree-complexity",
                        "randtree-depth",
                        "replica",
                        "roll-outs",
                        "smr",
                        "soak",
                        "steering-overhead",
                        "steering-paxos",
                        "steering-randtree",
                        "tiers",
                        "users-module")),
                names);
        experiments().forEach(experiment -> assertFalse(experiment.summary().isBlank()));
    }

    @Test
    void aReportNamesItsBarsTheirUnitsAndHowToRepeatIt() throws Exception {
        Experiment complexity = experiments().stream()
                .filter(experiment -> experiment.name().equals("randtree-complexity"))
                .findFirst()
                .orElseThrow();
        Experiment.Report report = complexity.run(
                new Experiment.Options(Optional.empty(), 0, false, Optional.empty(), new Interruption(), hint -> {}));
        assertEquals(4, report.bars().size());
        for (Experiment.Bar bar : report.bars()) {
            assertFalse(bar.name().isBlank() || bar.unit().isBlank(), bar::toString);
            assertTrue(bar.threshold().matches("(<|<=|>=) [0-9.]+"), bar::toString);
        }
        assertEquals(List.of("foresail eval randtree-complexity --json"), report.commands());
        assertTrue(report.results().containsKey("paper"), report::toString);
    }
}
