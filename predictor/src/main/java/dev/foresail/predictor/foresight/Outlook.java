package dev.foresail.predictor.foresight;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Snapshot;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.snapshot.SnapshotModel;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the models in which a node looks ahead. Connections are ordered, and nodes that are not known do nothing: what is
 * sent to them goes nowhere. Immutable.
 *
 * @param <S> the protocol's state
 */
public final class Outlook<S> {
    private final Machine<S> machine;
    private final List<Object> parameters;
    private final Assumptions assumptions;

    /** @param parameters of this node, which the others are taken to have too */
    public Outlook(Machine<S> machine, List<Object> parameters, Assumptions assumptions) {
        this.machine = machine;
        this.parameters = List.copyOf(parameters);
        this.assumptions = assumptions;
    }

    public Machine<S> machine() {
        return machine;
    }

    /** What one node knows, as the beginning of a model. */
    public SystemSnapshot<S> system(Snapshot<S> known, long nowNanos) {
        return SystemSnapshot.of(known, parameters, nowNanos);
    }

    /**
     * The model of what may happen from a snapshot on.
     *
     * @param calls what the application has been seen to ask for, which it may ask of each node once
     * @param steps the length of the longest path that will be gone along: what is received only after that is left out
     */
    public SystemModel<S> ahead(SystemSnapshot<S> snapshot, List<Event.Call> calls, int steps) {
        return from(snapshot, calls, steps).failures(failures(snapshot)).build();
    }

    /**
     * As {@link #ahead}, and the nodes that are named in the snapshot and not known answer what their kind has been seen to
     * answer; empty when there are none, or nothing was seen.
     */
    Optional<SystemModel<S>> guessing(
            SystemSnapshot<S> snapshot, List<Event.Call> calls, int steps, List<Answers.Seen> seen) {
        if (assumptions.answers() == 0 || seen.isEmpty()) {
            return Optional.empty();
        }
        Answers answers = new Answers(NamedNodes.unknown(machine, snapshot, calls, steps), seen);
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(from(snapshot, calls, steps)
                        .failures(failures(snapshot).withAnswers(assumptions.answers()))
                        .answers(answers)
                        .build());
    }

    private SystemModel.Builder<S> from(SystemSnapshot<S> snapshot, List<Event.Call> calls, int steps) {
        SystemModel.Builder<S> model = SystemModel.of(machine).leavingOutSubsets();
        SnapshotModel.describe(model, snapshot, snapshot.flights(steps), world -> {});
        for (NodeId node : snapshot.nodes().keySet()) {
            calls.forEach(
                    call -> model.offer(1, node, call.name(), call.arguments().toArray()));
        }
        return model.network(Network.ORDERED);
    }

    private Failures failures(SystemSnapshot<S> snapshot) {
        NodeId[] forgetful = snapshot.nodes().entrySet().stream()
                .filter(each -> hasNothingDurable(each.getValue().checkpoint().state()))
                .map(Map.Entry::getKey)
                .toArray(NodeId[]::new);
        int resets = forgetful.length == 0 ? 0 : assumptions.silentResets();
        Failures crashes = assumptions.crashes() == 0
                ? Failures.NONE
                : Failures.NONE.withCrashes(assumptions.crashes()).withRestarts();
        return crashes.withSilentResets(resets, resets == 0 ? new NodeId[0] : forgetful)
                .withBreaks(assumptions.breaks());
    }

    /** Whether a node in that state has on its disk what it had when it was new. */
    private boolean hasNothingDurable(S state) {
        return fingerprint(machine.recovered(state)) == fingerprint(machine.create(parameters));
    }

    private long fingerprint(S state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.fingerprint();
    }

    /**
     * The model in which an event is about to be handled by a node. Nothing fails in it.
     *
     * @param known what the node knows, the event not yet handled
     * @param sequence of a message that is counted on its channel, its place there; else 0
     * @param path whose calls may be made
     */
    public SystemModel<S> aboutTo(SystemSnapshot<S> known, NodeId self, Event event, long sequence, List<Action> path) {
        SortedMap<NodeId, SystemSnapshot.Known<S>> nodes = new TreeMap<>(known.nodes());
        nodes.computeIfPresent(
                self,
                (node, own) ->
                        new SystemSnapshot.Known<>(own.parameters(), expecting(own.checkpoint(), event, sequence)));
        SystemModel.Builder<S> model = SystemModel.of(machine);
        SystemSnapshot<S> now = new SystemSnapshot<>(known.nowNanos(), nodes);
        SnapshotModel.describe(model, now, now.flights(path.size()), arriving(self, event));
        if (event instanceof Event.Call call) {
            model.offer(1, self, call.name(), call.arguments().toArray());
        }
        for (Action action : path) {
            if (action instanceof Action.Handle handle
                    && handle.event() instanceof Event.Call call
                    && nodes.containsKey(handle.node())) {
                model.offer(1, handle.node(), call.name(), call.arguments().toArray());
            }
        }
        return model.network(Network.ORDERED).build();
    }

    private static <S> Consumer<InitialWorld<S>> arriving(NodeId self, Event event) {
        return world -> {
            if (event instanceof Event.Delivery delivery) {
                world.inFlight(delivery.from(), self, delivery.message());
            }
        };
    }

    /** The node with the event still to come: it has been taken from where it waited. */
    private static <S> Checkpoint<S> expecting(Checkpoint<S> own, Event event, long sequence) {
        SortedMap<String, Long> timers = new TreeMap<>(own.timers());
        List<Event.Delivery> deferred = new ArrayList<>(own.deferred());
        SortedMap<NodeId, ChannelCheckpoint> channels = new TreeMap<>(own.channels());
        if (event instanceof Event.TimerFired timer) {
            timers.put(timer.name(), 0L);
        } else if (event instanceof Event.Delivery delivery) {
            deferred.remove(delivery);
            channels.computeIfPresent(
                    delivery.from(), (peer, channel) -> channel.withReceived(Math.max(channel.received(), sequence)));
        }
        return new Checkpoint<>(
                own.node(), own.number(), own.state(), timers, deferred, channels, own.connections(), own.calls());
    }

    /**
     * The model that begins with a world in which a message was just dropped and the connection to its sender broken.
     * Nothing fails in it, and nothing is asked for. Nodes that are down are left out.
     */
    SystemModel<S> withoutMessages(ReferenceWorld<S> world, SystemModel<S> model, NodeId self, NodeId from) {
        SystemModel.Builder<S> next = SystemModel.of(machine);
        SortedMap<NodeId, InitialWorld.NodeImage<S>> images = world.images();
        images.keySet().forEach(node -> next.node(node, SnapshotModel.byName(machine.parameters(), parameters)));
        return next.network(Network.ORDERED)
                .nowNanos(model.nowNanos())
                .incomplete()
                .initially(description -> {
                    images.forEach(description::image);
                    for (NodeId node : images.keySet()) {
                        world.broken(node).stream()
                                .filter(images::containsKey)
                                .forEach(peer -> description.broken(node, peer));
                        world.inFlightTo(node).stream()
                                .filter(each -> !isBetween(self, from, node, each.from()))
                                .forEach(each -> description.inFlight(each.from(), node, each.message()));
                    }
                    if (images.containsKey(from) && !from.equals(self)) {
                        description.broken(self, from).broken(from, self);
                    }
                })
                .build();
    }

    private static boolean isBetween(NodeId self, NodeId from, NodeId one, NodeId other) {
        return (one.equals(self) && other.equals(from)) || (one.equals(from) && other.equals(self));
    }
}
