package dev.foresail.eval.decisions;

import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.node.Decision;
import dev.foresail.randtree.trial.SimulatedTrial;
import dev.foresail.randtree.trial.Variant;
import java.util.Map;

/**
 * How the choices of one simulated run were resolved, and the trees that came of it.
 *
 * @param atOnce from values that were known when the event came
 * @param afterWaiting from values that the event waited for
 * @param byPolicy without values
 * @param levelsAfterJoin NaN when not everybody got connected, as the next
 */
record TreeDecisions(
        long seed, int atOnce, int afterWaiting, int byPolicy, double levelsAfterJoin, double levelsAfterRejoin) {
    /** The demo's schedule: join, half fails, rejoin. */
    static TreeDecisions play(int nodes, long seed) {
        Counter counter = new Counter();
        SimulatedTrial.Outcome outcome = SimulatedTrial.run(
                Variant.predicted(Variant.meanDepth()),
                nodes,
                seed,
                Map.of(),
                SyntheticWideArea.generate(nodes, seed),
                counter::add);
        return new TreeDecisions(
                seed,
                counter.atOnce,
                counter.afterWaiting,
                counter.byPolicy,
                outcome.figure("maxDepthAfterJoin"),
                outcome.figure("maxDepthAfterRejoin"));
    }

    int all() {
        return atOnce + afterWaiting + byPolicy;
    }

    private static final class Counter {
        private int atOnce;
        private int afterWaiting;
        private int byPolicy;

        void add(Decision decision) {
            if (decision.source() == Decision.Source.FALLBACK) {
                byPolicy++;
            } else if (decision.waited()) {
                afterWaiting++;
            } else {
                atOnce++;
            }
        }
    }
}
