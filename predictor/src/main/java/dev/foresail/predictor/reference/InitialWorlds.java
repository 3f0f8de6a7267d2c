package dev.foresail.predictor.reference;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.SystemModel;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the worlds that a model begins with. The starts and calls of a description are the levels of a tree, which is gone
 * through depth first: so the first worlds are there without the others. A world that was met at the same level before has
 * nothing new below it. For one use; not thread-safe.
 */
final class InitialWorlds<S> {
    private final SystemModel<S> model;
    private final int most;
    private final Map<ByteBuffer, ReferenceWorld<S>> distinct = new LinkedHashMap<>();
    private Optional<RuntimeException> thrown = Optional.empty();

    private InitialWorlds(SystemModel<S> model, int most) {
        this.model = model;
        this.most = most;
    }

    /** A start or a call, with the worlds that were met before it. */
    private record Level(NodeId node, Event event, Set<ByteBuffer> met) {
        Level(NodeId node, Event event) {
            this(node, event, new HashSet<>());
        }
    }

    /** @param most how many worlds are enough */
    static <S> ReferenceWorld.Beginning<S> of(SystemModel<S> model, int most) {
        InitialWorlds<S> worlds = new InitialWorlds<>(model, most);
        for (InitialWorld<S> description : model.initialWorlds()) {
            worlds.grow(described(model, description), worlds.levels(description));
        }
        return new ReferenceWorld.Beginning<>(List.copyOf(worlds.distinct.values()), worlds.thrown);
    }

    private List<Level> levels(InitialWorld<S> description) {
        List<Level> levels = new ArrayList<>();
        for (NodeId node : model.nodes().keySet()) {
            if (!description.images().containsKey(node)) {
                levels.add(new Level(node, new Event.Start()));
            }
        }
        description.calls().forEach(call -> levels.add(new Level(call.node(), call.call())));
        return levels;
    }

    private void grow(ReferenceWorld<S> root, List<Level> levels) {
        Deque<Iterator<ReferenceWorld<S>>> branches = new ArrayDeque<>();
        branches.addLast(List.of(root).iterator());
        while (!branches.isEmpty() && distinct.size() < most) {
            if (branches.getLast().hasNext()) {
                int depth = branches.size() - 1;
                ReferenceWorld<S> world = branches.getLast().next();
                ByteBuffer bytes = ByteBuffer.wrap(world.canonicalBytes());
                if (depth == levels.size()) {
                    distinct.putIfAbsent(bytes, world);
                } else if (levels.get(depth).met.add(bytes)) {
                    branches.addLast(after(world, levels.get(depth)).iterator());
                }
            } else {
                branches.removeLast();
            }
        }
    }

    private List<ReferenceWorld<S>> after(ReferenceWorld<S> world, Level level) {
        NodeId node = level.node;
        Event event = level.event;
        List<ReferenceWorld<S>> after = new ArrayList<>();
        new Occurrence<S>(
                        decisions -> new Action.Handle(node, event, decisions),
                        decisions -> new Draft<>(world)
                                .handle(node, event, decisions, taken -> new Action.Handle(node, event, taken)))
                .enumerate(transition -> {
                    ReferenceWorld.Taken<S> taken = transition.taken();
                    if (taken.thrown().isPresent()) {
                        thrown = thrown.or(taken::thrown);
                    } else {
                        after.add(taken.world());
                    }
                });
        return after;
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
        Optional<HistoryWatch<?>> watch = model.history().map(HistoryWatch::begin);
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
