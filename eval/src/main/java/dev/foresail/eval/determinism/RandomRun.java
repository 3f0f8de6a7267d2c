package dev.foresail.eval.determinism;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.random.RandomStream;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.simulate.FaultPhase;
import dev.foresail.predictor.simulate.NodeRange;
import dev.foresail.predictor.simulate.ResolverFactory;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.predictor.simulate.SimulationSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One seed of one random protocol. Protocols of even programs can be spread over workers; those of odd ones have choices, which are
 * predicted. With faults, each seed draws a mix of all kinds, clocks that go wrong included.
 *
 * @param program the protocol's number
 */
record RandomRun(int program, long seed, boolean faults) {
    private static final int LEAST_NODES = 6;
    private static final int SPREAD_OF_NODES = 9;
    private static final Duration HORIZON = Duration.ofMillis(300);
    /** A run is short, and a fault as usual rare. */
    private static final double HASTE = 30;

    /** All runs, in an order that is always the same. */
    static List<RandomRun> all(int programs, int seeds, long seedBase) {
        List<RandomRun> runs = new ArrayList<>();
        for (int program = 0; program < programs; program++) {
            for (long seed = 0; seed < seeds; seed++) {
                runs.add(new RandomRun((int) (2 * seedBase) + program, seedBase + seed, false));
                runs.add(new RandomRun((int) (2 * seedBase) + program, seedBase + seed, true));
            }
        }
        return runs;
    }

    boolean hasChoices() {
        return program % 2 != 0;
    }

    /**
     * Plays it.
     *
     * @param executor runs all workers but the first
     */
    Played play(int workers, Executor executor) {
        int nodes = LEAST_NODES + RandomStream.of(program, "nodes").nextInt(SPREAD_OF_NODES);
        return hasChoices()
                ? play(
                        new DelegatorMachine(),
                        nodes,
                        ResolverSettings.predicted(Objective.minimize("unevenness", HORIZON)),
                        new RandomCalls("give"),
                        workers,
                        executor)
                : play(
                        new WandererMachine(),
                        nodes,
                        ResolverSettings.policy(ResolverSettings.Kind.RANDOM),
                        new RandomCalls("go"),
                        workers,
                        executor);
    }

    private <S> Played play(
            Machine<S> machine,
            int nodes,
            ResolverSettings resolver,
            Scenario scenario,
            int workers,
            Executor executor) {
        Simulation<S> simulation = new Simulation<>(
                new SimulationSettings<>(
                        machine,
                        List.of(program, nodes),
                        NodeRange.of(1, nodes),
                        SyntheticWideArea.generate(nodes, seed),
                        seed,
                        seed,
                        NodeSettings.DEFAULT,
                        SimulationSettings.DEFAULT_PREDICTION_COST),
                ResolverFactory.of(resolver, machine));
        simulation.useWorkers(workers, executor);
        Duration length = scenario.duration(nodes);
        FaultPhase phase = faults ? new FaultPhase(RandomRun::mix) : FaultPhase.NONE;
        phase.play(simulation, scenario, List.of(), length);
        simulation.runUntil(length);
        return new Played(
                simulation.digest(),
                simulation.workers(),
                simulation.events(),
                simulation.decisions().predicted());
    }

    private static FaultMix mix(long seed) {
        FaultMix usual = FaultMix.perSeed(FaultMix.SWARM).apply(seed);
        return new FaultMix(
                usual.faults().stream()
                        .map(fault -> new FaultMix.Fault(fault.kind(), HASTE * fault.perMinute(), fault.lasting()))
                        .toList(),
                usual.churn());
    }
}
