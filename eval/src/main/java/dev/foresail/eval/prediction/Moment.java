package dev.foresail.eval.prediction;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.snapshot.SnapshotModel;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.randtree.RandTreeState;
import java.util.Comparator;
import java.util.Optional;

/**
 * A neighbourhood at a moment: an inner node of the tree, its neighbours and theirs, with what is in flight between them.
 *
 * @param seed of the run in which it was recorded
 * @param inFlight how many messages
 */
record Moment<S>(long seed, Machine<S> machine, NodeId centre, SystemSnapshot<S> snapshot, int inFlight) {
    private static final int HOPS = 2;

    /**
     * Around the inner node with the most messages in flight, the first of equals; empty when there is none with any: what
     * begins at rest is soon exhausted.
     */
    static <S> Optional<Moment<S>> of(long seed, Machine<S> machine, SystemSnapshot<S> system) {
        return system.nodes().keySet().stream()
                .filter(node -> isInner(system, node))
                .map(node -> around(seed, machine, system, node))
                .filter(moment -> moment.inFlight > 0)
                .max(Comparator.<Moment<S>>comparingInt(Moment::inFlight)
                        .thenComparing(Moment::centre, Comparator.reverseOrder()));
    }

    private static <S> Moment<S> around(long seed, Machine<S> machine, SystemSnapshot<S> system, NodeId centre) {
        SystemSnapshot<S> part = system.around(machine, centre, HOPS);
        int inFlight = part.flights().stream()
                .mapToInt(flight -> flight.messages().size())
                .sum();
        return new Moment<>(seed, machine, centre, part, inFlight);
    }

    private static boolean isInner(SystemSnapshot<?> system, NodeId node) {
        SystemSnapshot.Known<?> known = system.nodes().get(node);
        return known != null
                && known.checkpoint().state() instanceof RandTreeState state
                && state.parent().isPresent()
                && !state.children().isEmpty();
    }

    /** What a node of the neighbourhood may predict from here. */
    SystemModel<S> model(PredictedFailure failure) {
        return SnapshotModel.of(machine, snapshot)
                .network(Network.ORDERED)
                .failures(failure.failures())
                .build();
    }
}
