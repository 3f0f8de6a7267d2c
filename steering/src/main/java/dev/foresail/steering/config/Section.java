package dev.foresail.steering.config;

import dev.foresail.predictor.text.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A map being read: keys are taken one after the other; those that nobody took are unknown. */
final class Section {
    private final Node at;
    private final String path;
    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /** A key with its value. */
    record Entry(ScalarNode key, Node value) {}

    /**
     * @param path the key that leads to the map, for messages; empty for the root
     */
    Section(Node at, String path, Problems problems) {
        this.at = at;
        this.path = path;
        this.problems = problems;
        if (at instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        } else {
            String where = path.isEmpty() ? "the file" : path;
            problems.add(at, "FS207", where + ": " + Values.found(at) + " where a map (key: value) was expected");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(
                    tuple.getKeyNode(),
                    "FS207",
                    Values.found(tuple.getKeyNode()) + " as a key, where a name was expected");
            return;
        }
        Entry first = entries.putIfAbsent(key.getValue(), new Entry(key, tuple.getValueNode()));
        if (first != null) {
            int line =
                    first.key().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(
                    key, "FS205", "the key '" + key.getValue() + "' is given twice; it stands already on line " + line);
        }
    }

    Node at() {
        return at;
    }

    /** The full name of a key for messages. */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The value of {@code key}, which is a key that may stand here. */
    Optional<Node> take(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** Whether {@code key} is there. */
    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The value of {@code key}; its absence is a problem. */
    Optional<Node> need(String key, String meaning) {
        Optional<Node> value = take(key);
        if (value.isEmpty() && at instanceof MappingNode) {
            problems.add(at, "FS206", "the key '" + pathOf(key) + "' is missing: " + meaning);
        }
        return value;
    }

    /** Reports every key that was not taken. */
    void finish() {
        entries.forEach((name, entry) -> {
            if (!known.contains(name)) {
                String where = path.isEmpty() ? "" : " in " + path;
                problems.add(entry.key(), "FS204", "unknown key '" + name + "'" + where + Nearest.hint(name, known));
            }
        });
    }
}
