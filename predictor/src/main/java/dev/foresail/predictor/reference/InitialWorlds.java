package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.SystemModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How worlds begin. Pure functions. */
final class InitialWorlds {
    private InitialWorlds() {}

    static <S> List<ReferenceWorld<S>> of(SystemModel<S> model) {
        Map<ByteBuffer, ReferenceWorld<S>> distinct = new LinkedHashMap<>();
        for (InitialWorld<S> description : model.initialWorlds()) {
            for (ReferenceWorld<S> world : begin(model, description)) {
                distinct.putIfAbsent(ByteBuffer.wrap(world.canonicalBytes()), world);
            }
        }
        return List.copyOf(distinct.values());
    }

    private static <S> List<ReferenceWorld<S>> begin(SystemModel<S> model, InitialWorld<S> description) {
        List<ReferenceWorld<S>> worlds = List.of(described(model, description));
        for (NodeId node : model.nodes().keySet()) {
            if (!description.images().containsKey(node)) {
                worlds = afterAll(worlds, node, new Event.Start());
            }
        }
        for (InitialWorld.Call call : description.calls()) {
            worlds = afterAll(worlds, call.node(), call.call());
        }
        return worlds;
    }

    private static <S> List<ReferenceWorld<S>> afterAll(List<ReferenceWorld<S>> worlds, NodeId node, Event event) {
        List<ReferenceWorld<S>> after = new ArrayList<>();
        for (ReferenceWorld<S> world : worlds) {
            new Occurrence<S>(
                            decisions -> new Action.Handle(node, event, decisions),
                            decisions -> new Draft<>(world)
                                    .handle(node, event, decisions, taken -> new Action.Handle(node, event, taken)))
                    .enumerate(transition -> after.add(begun(transition)));
        }
        return after;
    }

    private static <S> ReferenceWorld<S> begun(ReferenceWorld.Transition<S> transition) {
        Optional<RuntimeException> thrown = transition.taken().thrown();
        if (thrown.isPresent()) {
            throw thrown.get();
        }
        return transition.taken().world();
    }

    /** The world before its nodes start. */
    private static <S> ReferenceWorld<S> described(SystemModel<S> model, InitialWorld<S> description) {
        SortedMap<NodeId, NodeWorld<S>> nodes = new TreeMap<>();
        model.nodes().forEach((id, parameters) -> {
            LocalState<S> local = Optional.ofNullable(description.images().get(id))
                    .map(image -> local(model.machine(), image))
                    .orElseGet(() -> LocalState.bare(true, model.machine().create(parameters)));
            nodes.put(id, new NodeWorld<>(local, InFlight.none(model.network()), Collections.emptySortedSet()));
        });
        Map<Failures.Kind, Integer> budgets = new EnumMap<>(Failures.Kind.class);
        for (Failures.Kind kind : Failures.Kind.values()) {
            budgets.put(kind, model.failures().budget(kind));
        }
        List<Integer> offersLeft =
                model.offers().stream().map(SystemModel.Offer::times).toList();
        Optional<Watch<?>> watch = model.history().map(Watch::begin);
        Draft<S> draft = new Draft<>(new ReferenceWorld<>(model, nodes, budgets, offersLeft, watch));
        description
                .inFlight()
                .forEach(message ->
                        draft.send(Packet.freeze(model.machine(), message.from(), message.message()), message.to()));
        description.broken().forEach(broken -> draft.change(broken.node(), node -> node.withBroken(broken.peer())));
        return draft.build();
    }

    private static <S> LocalState<S> local(Machine<S> machine, InitialWorld.NodeImage<S> image) {
        List<Event.Delivery> deferred = image.deferred().stream()
                .map(delivery -> Packet.freeze(machine, delivery.from(), delivery.message())
                        .delivery())
                .toList();
        return new LocalState<>(true, machine.copy(image.state()), new TreeSet<>(image.timers()), deferred);
    }
}
