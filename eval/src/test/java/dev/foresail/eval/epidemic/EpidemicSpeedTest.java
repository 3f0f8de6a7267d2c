package dev.foresail.eval.epidemic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.eval.hindsight.HindsightFigures;
import dev.foresail.eval.hindsight.Judgement;
import dev.foresail.network.topology.Topology;
import dev.foresail.network.topology.UniformTopology;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Experiment.Bar;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A small epidemic, and the arithmetic of the report with made-up runs. */
final class EpidemicSpeedTest {
    private static final int NODES = 24;
    private static final Duration CHANGE = Duration.ofSeconds(2);

    @Test
    void everyFormReachesNearlyEverybodyAndTheExposedOneIsSoonest() {
        EpidemicRun bar = EpidemicTrial.run(EpidemicVariant.barGossip(), NODES, 2, 5, 0);
        EpidemicRun flightPath = EpidemicTrial.run(EpidemicVariant.flightPath(), NODES, 2, 5, 0);
        EpidemicRun predicted = EpidemicTrial.run(EpidemicVariant.predicted(), NODES, 2, 5, NODES);
        assertTrue(predicted.seconds() < flightPath.seconds() && predicted.seconds() < bar.seconds());
        assertEquals(0, bar.failures() + flightPath.failures() + predicted.failures());
        assertEquals(0, bar.checkpointMessages() + bar.aggregateMessages());
        assertTrue(predicted.checkpointMessages() > 0 && predicted.aggregateMessages() > 0);
        assertTrue(predicted.hindsight().judged() > 0 && bar.hindsight().judged() == 0);
    }

    private static List<String> decisionsUpToChange(boolean reseed, List<String> digest) {
        return decisionsUpToChange(EpidemicVariant.predicted(), reseed, digest);
    }

    private static <S extends EpidemicState> List<String> decisionsUpToChange(
            EpidemicVariant<S> variant, boolean reseed, List<String> digest) {
        SimulationSettings<S> settings = new SimulationSettings<>(
                variant.machine(),
                variant.parameters(),
                LongStream.rangeClosed(1, NODES).mapToObj(NodeId::of).toList(),
                EpidemicTrial.topology(NODES, 8),
                8,
                8,
                EpidemicTrial.nodeSettings(),
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<S> simulation =
                new Simulation<>(settings, ResolverFactory.of(variant.resolver(), variant.machine()));
        List<Decision> decisions = new ArrayList<>();
        simulation.onDecision(decisions::add);
        EpidemicScenario scenario = new EpidemicScenario();
        scenario.play(
                simulation, ParameterValues.read(scenario.parameters(), Map.of("rings", "2", "updateAt", "500ms")));
        simulation.at(CHANGE, () -> {
            if (reseed) {
                simulation.reseedWorld(4711);
            }
        });
        simulation.runUntil(Duration.ofSeconds(3));
        digest.add(simulation.digest());
        return decisions.stream()
                .filter(decision -> decision.atNanos() <= CHANGE.toNanos())
                .map(Decision::toString)
                .toList();
    }

    /** The no-clairvoyance rule: what the world will draw after a decision cannot have entered it. */
    @Test
    void decisionsDoNotDependOnWhatTheWorldDrawsLater() {
        List<String> digests = new ArrayList<>();
        List<String> unchanged = decisionsUpToChange(false, digests);
        List<String> changed = decisionsUpToChange(true, digests);
        assertEquals(unchanged, changed);
        assertTrue(unchanged.size() >= 50, "decisions compared: " + unchanged.size());
        assertNotEquals(digests.get(0), digests.get(1), "the world did change");
    }

    @Test
    void aTenthOfThePairsIsTenTimesAsSlowBothWays() {
        Topology usual = new UniformTopology(200, 50_000_000L);
        Topology slow = new SlowLinks(usual, 0.1, 10, 3);
        int slowPairs = 0;
        for (int one = 0; one < 200; one++) {
            for (int other = 0; other < one; other++) {
                long nanos = slow.latencyNanos(one, other);
                assertEquals(nanos, slow.latencyNanos(other, one));
                assertTrue(nanos == 50_000_000L || nanos == 500_000_000L);
                slowPairs += nanos == 500_000_000L ? 1 : 0;
            }
        }
        assertEquals(0.1, slowPairs / 19_900.0, 0.01);
    }

    private static int simulated(StringWriter out, StringWriter err, String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate", "epidemic", "--json"));
        arguments.addAll(List.of(options));
        return Foresail.execute(arguments, new PrintWriter(out), new PrintWriter(err), new Interruption(), false);
    }

    @Test
    void theScenarioIsSimulatedByNameAndRefusesWhatCannotBe() {
        StringWriter out = new StringWriter();
        assertEquals(ExitCode.DONE, simulated(out, new StringWriter(), "--nodes", "30", "--set", "rings=2"));
        assertTrue(out.toString().contains("secondsToShare"), out::toString);
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.USAGE, simulated(new StringWriter(), err, "--nodes", "30", "--set", "percent=101"));
        assertTrue(err.toString().contains("[FS464]"), err::toString);
    }

    @Test
    void whoIsAloneHasNobodyToExchangeWith() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.USAGE, simulated(new StringWriter(), err, "--nodes", "1"));
        assertTrue(err.toString().contains("[FS464] at least 2 nodes"), err::toString);
        assertEquals(ExitCode.DONE, simulated(new StringWriter(), new StringWriter(), "--nodes", "2"));
    }

    private static EpidemicRun run(long seed, String variant, double seconds, long messages, Double... costs) {
        List<Judgement> judged = costs.length == 0
                ? List.of()
                : List.of(new Judgement(NodeId.of(1), 0, 0, new Decision.Value(-0.5, 0.1, 2), List.of(costs), -0.5));
        return new EpidemicRun(
                seed, variant, seconds, messages, 0, 0, 0, DecisionCounts.NONE, 0, 0, new HindsightFigures(judged));
    }

    private static List<Boolean> holds(double barSeconds, double predictedSeconds, long predictedMessages) {
        List<EpidemicRun> runs = List.of(
                run(1, "bar-gossip", barSeconds, 900),
                run(1, "bar-gossip, 3 in a round", 4.5, 700),
                run(1, "flightpath", 4, 800),
                run(1, "predicted", predictedSeconds, predictedMessages, -0.5, -0.5));
        return new EpidemicFigures(runs).bars().stream().map(Bar::holds).toList();
    }

    @Test
    void theBetterHardCodedFormIsWhatCounts() {
        assertEquals(
                List.of(true, true, true, true, true, false, true, true),
                holds(9, 3.1, 800),
                "all outcomes within the intervals is wider than need be");
        assertEquals(List.of(false, true, true), holds(9, 3.3, 800).subList(0, 3));
        assertEquals(List.of(false, false, true), holds(3.1, 3.3, 900).subList(0, 3));
        assertEquals(List.of(true, true, false), holds(9, 3.1, 801).subList(0, 3));
    }

    @Test
    void aRunThatNeverGetsThereHoldsNoBar() {
        List<Boolean> holds = holds(9, Double.NaN, 10);
        assertFalse(holds.get(0) || holds.get(1) || holds.get(6));
    }
}
