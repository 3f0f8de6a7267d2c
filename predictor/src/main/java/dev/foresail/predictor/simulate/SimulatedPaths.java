package dev.foresail.predictor.simulate;

import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.path.PathHop;
import dev.foresail.predictor.path.PathRecorder;
import java.util.List;
import java.util.function.Consumer;

/** Follows causal paths through a simulation; the run goes as it would without. Stateless. */
public final class SimulatedPaths {
    private SimulatedPaths() {}

    /**
     * Begins to follow; to be said before anything happens. Times are the world's, whatever the nodes' clocks say.
     *
     * @param told is told each event on a path once it is over, on the simulation's thread
     */
    public static void follow(Simulation<?> simulation, List<DeclaredPath> declared, Consumer<PathHop> told) {
        simulation.makeRuntimes();
        simulation
                .account()
                .followPaths((node, incarnation) ->
                        new PathRecorder(node, incarnation, declared, simulation::nowNanos, told));
    }
}
