package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a value of a type that a protocol declares. */
final class TypedValues {
    private final Values values;

    TypedValues(Values values) {
        this.values = values;
    }

    Optional<Object> read(Node node, Class<?> declared, String what) {
        Class<?> type = MethodType.methodType(declared).wrap().returnType();
        if (type == Boolean.class) {
            return values.plain(node, what, "true or false", TypedValues::truth);
        } else if (type == Integer.class) {
            return values.plain(node, what, "a whole number", Integer::valueOf);
        } else if (type == Long.class) {
            return values.plain(node, what, "a whole number", Long::valueOf);
        } else if (type == Double.class) {
            return values.plain(node, what, "a number", Values::finite);
        } else if (type == String.class) {
            return values.text(node, what, "text").map(value -> value);
        } else if (type == Duration.class) {
            return values.duration(node, what).map(value -> value);
        } else if (type == NodeId.class) {
            return values.nodeId(node, what).map(value -> value);
        }
        return collection(node, type, what);
    }

    private Optional<Object> collection(Node node, Class<?> type, String what) {
        if (type.isAssignableFrom(List.class)) {
            return nodeIds(node, what).map(ids -> ids);
        } else if (type.isAssignableFrom(SortedSet.class)) {
            return nodeIds(node, what).map(TreeSet::new);
        }
        values.wrong(node, what, "a " + type.getSimpleName() + ", which cannot be written in YAML,");
        return Optional.empty();
    }

    private static Object truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("neither");
    }

    private Optional<List<NodeId>> nodeIds(Node node, String what) {
        List<NodeId> ids = new ArrayList<>();
        List<Node> elements = values.list(node, what, "a list of node ids, such as [1, 2]");
        elements.forEach(element -> values.nodeId(element, what).ifPresent(ids::add));
        boolean isList = node instanceof org.snakeyaml.engine.v2.nodes.SequenceNode;
        return isList && ids.size() == elements.size() ? Optional.of(ids) : Optional.empty();
    }
}
