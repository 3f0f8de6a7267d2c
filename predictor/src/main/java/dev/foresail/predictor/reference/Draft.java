package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The next world while it is being made, out of the one before, which it does not change. Not thread-safe. */
final class Draft<S> {
    private final ReferenceWorld<S> before;
    private final SystemModel<S> model;
    private final SortedMap<NodeId, NodeWorld<S>> nodes;
    private final Map<Failures.Kind, Integer> budgets;
    private final List<Integer> offersLeft;
    private Optional<HistoryWatch<?>> watch;

    Draft(ReferenceWorld<S> before) {
        this.before = before;
        this.model = before.model();
        this.nodes = new TreeMap<>(before.nodes());
        this.budgets = new EnumMap<>(before.budgets());
        this.offersLeft = new ArrayList<>(before.offersLeft());
        this.watch = before.watch();
    }

    NodeWorld<S> node(NodeId id) {
        NodeWorld<S> node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("the model has no node " + id + "; its nodes are " + nodes.keySet());
        }
        return node;
    }

    void change(NodeId id, UnaryOperator<NodeWorld<S>> change) {
        nodes.put(id, change.apply(node(id)));
    }

    void replace(NodeId id, LocalState<S> local) {
        change(id, node -> node.with(local));
    }

    /** Puts the message in flight; one to a node that the model does not have goes nowhere. */
    void send(Packet packet, NodeId to) {
        if (nodes.containsKey(to)) {
            change(to, node -> node.with(node.arriving().with(packet)));
        }
    }

    void spend(Failures.Kind kind) {
        budgets.computeIfPresent(kind, (same, left) -> left == Failures.UNLIMITED ? left : left - 1);
    }

    void giveBack(Failures.Kind kind) {
        budgets.computeIfPresent(kind, (same, left) -> left == Failures.UNLIMITED ? left : left + 1);
    }

    void useOffer(int offer) {
        int left = offersLeft.get(offer);
        offersLeft.set(offer, left == Failures.UNLIMITED ? left : left - 1);
    }

    /** Ends the process behind {@code id}: its connections are gone, with what is in flight on them. */
    void disconnect(NodeId id) {
        change(id, NodeWorld::withoutConnections);
        if (model.network() != Network.ORDERED) {
            return;
        }
        change(id, node -> node.with(node.arriving().withoutQueues()));
        for (NodeId peer : model.nodes().keySet()) {
            if (!peer.equals(id)) {
                change(peer, node -> node.with(node.arriving().withoutSender(id)));
                if (node(peer).isUp() && isConnected(peer, id)) {
                    change(peer, node -> node.withBroken(id));
                }
            }
        }
    }

    private boolean isConnected(NodeId node, NodeId peer) {
        return before.isConnected(node, peer);
    }

    /** The node handles the event as its atomic step, and the world is made. */
    ReferenceWorld.Taken<S> handle(
            NodeId self, Event event, Decisions decisions, Function<List<Integer>, Action> action) {
        NodeStep<S> step = new NodeStep<>(model, self, node(self).local(), decisions);
        try {
            step.handle(event);
        } catch (RuntimeException thrown) {
            return new ReferenceWorld.Taken<>(
                    before, List.of(), List.of(), Map.of(), Optional.of(thrown), step.handlerRuns());
        }
        replace(self, step.after());
        List<Step.Send> sends = new ArrayList<>();
        for (NodeStep.Sent sent : step.sends()) {
            sends.add(new Step.Send(sent.to(), sent.packet().message()));
            send(sent.packet(), sent.to());
        }
        step.answers().forEach(answer -> send(answer, self));
        watch(action.apply(decisions.taken()), sends);
        return new ReferenceWorld.Taken<>(
                build(), sends, step.notes(), step.timersSet(), Optional.empty(), step.handlerRuns());
    }

    /** The world is made without a handler. */
    ReferenceWorld.Taken<S> finish(Action action) {
        watch(action, List.of());
        return new ReferenceWorld.Taken<>(build(), List.of(), List.of(), Map.of(), Optional.empty(), 0);
    }

    private void watch(Action action, List<Step.Send> sends) {
        // Not map: the compiler would want Optional of a capture.
        watch = watch.isPresent() ? Optional.of(watch.get().after(action, sends)) : watch;
    }

    ReferenceWorld<S> build() {
        return new ReferenceWorld<>(model, nodes, budgets, offersLeft, watch);
    }
}
