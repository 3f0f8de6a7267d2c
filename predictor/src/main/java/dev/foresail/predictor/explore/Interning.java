package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The names that all nodes share: slots of nodes, messages, effects. Thread-safe; its lock is taken last. */
final class Interning {
    private final Machine<Object> machine;
    private final List<NodeId> nodes;
    private final Map<NodeId, Integer> slots = new HashMap<>();
    private final List<Map<Content, Message>> messages = new ArrayList<>();
    private final List<List<Message>> messagesById = new ArrayList<>();
    private final Map<EffectKey, Effect> effects = new HashMap<>();
    private final StateWriter writer = new StateWriter();

    Interning(Machine<Object> machine, List<NodeId> nodes) {
        this.machine = machine;
        this.nodes = List.copyOf(nodes);
        for (NodeId node : nodes) {
            slots.put(node, slots.size());
            messages.add(new HashMap<>());
            messagesById.add(new ArrayList<>());
        }
    }

    private record EffectKey(Effect.Kind kind, int receiver, int from, List<Message> messages) {}

    NodeId node(int slot) {
        return nodes.get(slot);
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
            message = new Message(known.size(), from, machine.readMessage(new StateReader(bytes)), content);
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
