package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.InitialWorld.NodeImage;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the model that begins with a snapshot. The one initial world has the nodes that are known, each as its checkpoint
 * says, and what is {@linkplain SystemSnapshot#flights in flight} between them; the nodes that are not known are left out:
 * what is sent to them goes nowhere, and what depends on them is unknown. Time and what handlers read of aggregates are
 * those of the snapshot. Network, failures and offered calls are left to the caller. Pure functions.
 *
 * <p>Weaknesses: messages whose sender has kept no copy are missing; the delays of armed timers are not used, as in every
 * exploration; a connection that is broken without its having been noticed is not seen.
 */
public final class SnapshotModel {
    private SnapshotModel() {}

    /** A model of the snapshot alone, to be completed. */
    public static <S> SystemModel.Builder<S> of(Machine<S> machine, SystemSnapshot<S> snapshot) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        describe(model, snapshot);
        return model;
    }

    /** Adds nodes, initial world, time and knowledge to a model that has no nodes. */
    public static <S> void describe(SystemModel.Builder<S> model, SystemSnapshot<S> snapshot) {
        describe(model, snapshot, snapshot.flights(), world -> {});
    }

    /**
     * As {@link #describe(SystemModel.Builder, SystemSnapshot)}.
     *
     * @param flights what of the snapshot is in flight
     * @param before adds to the initial world what is in flight before all of that
     */
    public static <S> void describe(
            SystemModel.Builder<S> model,
            SystemSnapshot<S> snapshot,
            List<SystemSnapshot.Flight> flights,
            Consumer<InitialWorld<S>> before) {
        snapshot.nodes().forEach((node, known) -> {
            model.node(node, byName(model.parameters(), known.parameters()));
            model.channels(node, known.checkpoint().channels());
        });
        model.nowNanos(snapshot.nowNanos()).incomplete().initially(world -> {
            before.accept(world);
            begin(world, snapshot, flights);
        });
    }

    /** The values of a protocol's parameters by their names. */
    public static Map<String, Object> byName(List<ParameterDescription> parameters, List<Object> values) {
        Map<String, Object> named = new TreeMap<>();
        for (int index = 0; index < parameters.size(); index++) {
            named.put(parameters.get(index).name(), values.get(index));
        }
        return named;
    }

    private static <S> void begin(
            InitialWorld<S> world, SystemSnapshot<S> snapshot, List<SystemSnapshot.Flight> flights) {
        snapshot.nodes().forEach((node, known) -> world.image(node, image(known.checkpoint())));
        for (SystemSnapshot.Flight flight : flights) {
            NodeId from = flight.from();
            flight.messages().forEach(sent -> world.inFlight(from, flight.to(), sent.message()));
        }
    }

    private static <S> NodeImage<S> image(Checkpoint<S> checkpoint) {
        return new NodeImage<>(
                checkpoint.state(), List.copyOf(checkpoint.timers().keySet()), checkpoint.deferred());
    }
}
