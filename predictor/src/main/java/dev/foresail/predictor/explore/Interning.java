package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names that all nodes share: slots of nodes, messages, effects. Thread-safe; its lock is taken last. */
final class Interning {
    private final Machine<Object> machine;
    private final boolean keepsOrder;
    private final List<NodeId> nodes;
    private final List<NodeId> strangers;
    /** By the numbers of senders. */
    private final List<Integer> ranks;

    private final Map<NodeId, Integer> slots = new HashMap<>();
    private final List<Map<Content, Message>> messages = new ArrayList<>();
    private final List<List<Message>> messagesById = new ArrayList<>();
    private final Map<EffectKey, Effect> effects = new HashMap<>();
    private final StateWriter writer = new StateWriter();

    Interning(SystemModel<Object> model) {
        this.machine = model.machine();
        this.keepsOrder = model.network() == Network.ORDERED;
        this.nodes = List.copyOf(model.nodes().keySet());
        this.strangers = List.copyOf(model.strangers());
        SortedSet<NodeId> senders = new TreeSet<>(nodes);
        senders.addAll(strangers);
        List<NodeId> ranked = List.copyOf(senders);
        this.ranks = Stream.concat(nodes.stream(), strangers.stream())
                .map(ranked::indexOf)
                .toList();
        for (NodeId node : nodes) {
            slots.put(node, slots.size());
            messages.add(new HashMap<>());
            messagesById.add(new ArrayList<>());
        }
    }

    /** Whether those who have sent something at the beginning of that model have the same numbers here. */
    boolean hasSendersOf(SystemModel<Object> model) {
        return strangers.equals(List.copyOf(model.strangers()));
    }

    private record EffectKey(Effect.Kind kind, int receiver, int from, List<Message> messages) {}

    /** The node of that slot, or the stranger of that number. */
    NodeId node(int slot) {
        return isNode(slot) ? nodes.get(slot) : strangers.get(slot - nodes.size());
    }

    /** Whether it is a node's slot, not the number of a stranger. */
    boolean isNode(int sender) {
        return sender < nodes.size();
    }

    /** A number for whoever has sent something: a slot, or, of a stranger, a number above. */
    int sender(NodeId node) {
        return slot(node).orElseGet(() -> nodes.size() + strangers.indexOf(node));
    }

    List<NodeId> nodes() {
        return nodes;
    }

    OptionalInt slot(NodeId node) {
        Integer slot = slots.get(node);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    int slotOf(NodeId node) {
        return slot(node).orElseThrow(() -> new IllegalArgumentException("the model has no node " + node));
    }

    /** The message with these canonical bytes. */
    synchronized Message message(int receiver, int from, Object body) {
        writer.reset();
        machine.writeMessage(body, writer);
        byte[] bytes = writer.toByteArray();
        writer.writeInt(from);
        Content content = Content.of(writer);
        Map<Content, Message> known = messages.get(receiver);
        Message message = known.get(content);
        if (message == null) {
            message = new Message(
                    known.size(),
                    from,
                    ranks.get(from),
                    keepsOrder && !machine.isDatagram(body),
                    machine.readMessage(new StateReader(bytes)),
                    bytes,
                    content);
            known.put(content, message);
            messagesById.get(receiver).add(message);
        }
        return message;
    }

    synchronized Message message(int receiver, int id) {
        return messagesById.get(receiver).get(id);
    }

    synchronized Effect effect(Effect.Kind kind, int receiver, int from, List<Message> arriving) {
        EffectKey key = new EffectKey(kind, receiver, from, List.copyOf(arriving));
        Effect effect = effects.get(key);
        if (effect == null) {
            effect = new Effect(effects.size(), kind, receiver, from, key.messages());
            effects.put(key, effect);
        }
        return effect;
    }

    synchronized long messageCount() {
        return messages.stream().mapToLong(Map::size).sum();
    }
}
