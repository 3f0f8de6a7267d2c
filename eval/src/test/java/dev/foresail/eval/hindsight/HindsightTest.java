package dev.foresail.eval.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.randtree.RandTree;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.schedule.TreeSchedule;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** RandTree's choices, judged by the depth of the tree. */
final class HindsightTest {
    private static final int NODES = 15;
    private static final int JUDGED = 12;
    private static final Objective FLAT = Variant.meanDepth();
    private static final Objective DEEP =
            new Objective(List.of(new Objective.Term(new TreeMap<>(Map.of("meanDepth", -1.0)))), FLAT.horizon());

    private record Run(String digest, HindsightFigures figures) {}

    private static Run run(Objective wanted, boolean judged) {
        RandTreeMachine machine = new RandTreeMachine();
        SimulationSettings<RandTree> settings = new SimulationSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), Map.of()),
                SimulatedTrial.ids(NODES),
                SyntheticWideArea.generate(NODES, 3),
                3,
                3,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<RandTree> simulation =
                new Simulation<>(settings, ResolverFactory.of(ResolverSettings.predicted(wanted), machine));
        HindsightSettings how = new HindsightSettings(decision -> true, 1, judged ? JUDGED : 0, NODES, 2);
        Hindsight<RandTree> hindsight = Hindsight.of(simulation, settings, FLAT, how);
        TreeSchedule schedule = new TreeSchedule();
        schedule.play(simulation, ParameterValues.read(schedule.parameters(), Map.of()));
        simulation.runUntil(Duration.ofSeconds(12));
        return new Run(simulation.digest(), hindsight.judge());
    }

    @Test
    void whoeverWantsADeepTreeIsFoundToHaveChosenBadly() {
        Run flat = run(FLAT, true);
        Run deep = run(DEEP, true);
        assertEquals(JUDGED, flat.figures().judged());
        assertTrue(
                flat.figures().regretPercent() < deep.figures().regretPercent(),
                () -> flat.figures().results() + " against " + deep.figures().results());
        assertTrue(flat.figures().bestPercent() > deep.figures().bestPercent());
    }

    @Test
    void aRunIsTheSameWhetherItIsJudgedOrNot() {
        assertEquals(run(FLAT, false).digest(), run(FLAT, true).digest());
    }
}
