package dev.foresail.eval.provoke;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.LookAhead;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveObserver;
import dev.foresail.steering.live.LiveOutcome;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import dev.foresail.steering.live.RealClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Plays the scenario of a known bug with live nodes on this machine, whose links are emulated. Each play has nodes of its
 * own. Thread-safe.
 *
 * <p>How long it takes from what shows a violation to the intervention against it can be measured with an observer: {@link
 * LiveObserver#handled} is told of each state and {@link LiveObserver#intervened} of each intervention, both with the time of
 * the same clock, and {@link LiveObserver#lookedAhead} of how long each look ahead took until its event filters were in place.
 */
public final class LiveProvocation<S> {
    private static final int PREDICTION_THREADS = 1;

    private final Provocation<S> provocation;
    private final int nodes;
    private final boolean mended;

    /** @param mended whether the bug is not in */
    public LiveProvocation(Provocation<S> provocation, int nodes, boolean mended) {
        this.provocation = provocation;
        this.nodes = nodes;
        this.mended = mended;
    }

    /** As {@link #play(UnaryOperator, LiveObserver, long)}, with nodes that steer as {@code mode} says. */
    public Outcome play(SteeringMode mode, long seed) {
        return play(configuration -> configuration.with(mode), LiveObserver.none(), seed);
    }

    /**
     * Starts the nodes, plays the scenario in real time, and ends the nodes. Blocks.
     *
     * @param configured what is different in each node's configuration: steering, for one
     * @param observer sees what the nodes do, after the outcome's own observer
     * @throws IllegalStateException when the scenario does not get to where it provokes the violation
     */
    public Outcome play(UnaryOperator<NodeConfiguration> configured, LiveObserver<S> observer, long seed) {
        LiveStageSettings<S> settings = new LiveStageSettings<>(
                provocation.machine(),
                provocation.values(mended),
                Provocation.ids(nodes),
                provocation.topologies().apply(nodes),
                seed,
                seed,
                ResolverSettings.policy(ResolverSettings.Kind.RANDOM),
                NodeSettings.DEFAULT,
                PREDICTION_THREADS,
                SteeringMode.OFF);
        Written written = new Written(observer);
        try (LiveStage<S> stage = new LiveStage<>(settings, configured, written)) {
            LiveOutcome outcome = stage.play(
                    provocation.scenario(),
                    provocation.settings(),
                    provocation.scenario().duration(nodes));
            return new Outcome(
                    written.watch.sightings(),
                    List.copyOf(written.interventions),
                    outcome.records().getOrDefault(Steps.RESTORED, 0.0) > 0,
                    outcome.failures());
        }
    }

    /** Writes down what the outcome says. */
    private final class Written implements LiveObserver<S> {
        private final SafetyWatch<S> watch = new SafetyWatch<>(provocation.machine());
        private final List<Outcome.Timed> interventions = Collections.synchronizedList(new ArrayList<>());
        private final LiveObserver<S> next;

        Written(LiveObserver<S> next) {
            this.next = next;
        }

        @Override
        public void handled(NodeId node, S state) {
            watch.look(node, state, RealClock.nanos());
            next.handled(node, state);
        }

        @Override
        public void lookedAhead(NodeId node, LookAhead round) {
            next.lookedAhead(node, round);
        }

        @Override
        public void intervened(Intervention intervention, long atNanos) {
            interventions.add(new Outcome.Timed(intervention, atNanos));
            next.intervened(intervention, atNanos);
        }
    }
}
