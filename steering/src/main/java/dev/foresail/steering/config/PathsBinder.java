package dev.foresail.steering.config;

import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.path.DeclaredPath;
import dev.foresail.predictor.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the section {@code paths}; of one file. */
final class PathsBinder {
    private static final String AT_MOST = "<=";
    private static final String CALL = "call ";
    private static final String TIMER = "timer ";
    private static final String MESSAGE = "message ";
    private static final String EVENT = "an event, such as 'call join', 'timer probe' or 'message Join'";

    private final Optional<Machine<?>> machine;
    private final Problems problems;
    private final Values values;

    /** @param machine whose events there are; empty when that is not known */
    PathsBinder(Optional<Machine<?>> machine, Problems problems, Values values) {
        this.machine = machine;
        this.problems = problems;
        this.values = values;
    }

    /** What is to end a path, and where that stands. */
    private record End(Node node, String path, String event) {}

    List<DeclaredPath> read(Node node) {
        if (!(node instanceof MappingNode)) {
            values.wrong(node, "paths", "a map of paths, each 'name: {begins: ...}',");
            return List.of();
        }
        List<DeclaredPath> paths = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        List<End> ends = new ArrayList<>();
        new Section(node, "paths", problems)
                .entries()
                .forEach((name, entry) -> path(name, entry, names, ends).ifPresent(paths::add));
        ends.forEach(end -> checkEnd(end, names));
        return paths;
    }

    /** Calls come over no path, and a timer that begins one leaves the path on which it was set. */
    private void checkEnd(End end, Map<String, String> names) {
        if (end.event().startsWith(CALL)) {
            problems.add(
                    end.node(),
                    "FS520",
                    end.path() + ": '" + end.event() + "' ends no path, as a call follows from nothing on one");
        } else if (end.event().startsWith(TIMER) && names.containsKey(end.event())) {
            problems.add(
                    end.node(),
                    "FS520",
                    end.path() + ": '" + end.event() + "' ends no path, as it begins the path '"
                            + names.get(end.event()) + "'");
        }
    }

    /**
     * @param names of the paths so far, by the events that begin them
     * @param ends of the paths so far
     */
    private Optional<DeclaredPath> path(String name, Section.Entry entry, Map<String, String> names, List<End> ends) {
        if (name.isBlank()) {
            problems.add(entry.key(), "FS207", "paths: a name of a path was expected");
        }
        Section section = new Section(entry.value(), "paths." + name, problems);
        Optional<String> begins = section.need("begins", "the event that begins the path, such as 'call join'")
                .flatMap(event -> event(event, section.pathOf("begins")));
        begins.filter(names::containsKey)
                .ifPresent(event -> problems.add(
                        entry.key(),
                        "FS520",
                        "'" + event + "' begins the path '" + names.get(event)
                                + "' already; one event begins one path"));
        begins.ifPresent(event -> names.putIfAbsent(event, name));
        Optional<End> end = section.take("ends")
                .flatMap(node ->
                        event(node, section.pathOf("ends")).map(event -> new End(node, section.pathOf("ends"), event)));
        end.ifPresent(ends::add);
        DeclaredPath.Bounds bounds = new DeclaredPath.Bounds(
                bound(section, "nodes", this::count),
                bound(section, "hops", this::count),
                bound(section, "hop", this::time),
                bound(section, "duration", this::time));
        int every = section.take("every")
                .flatMap(node -> every(node, section.pathOf("every"), begins))
                .orElse(1);
        section.finish();
        return begins.map(event -> new DeclaredPath(name, event, end.map(End::event), every, bounds));
    }

    /** A message on a path that is not followed would begin one at the next node. */
    private Optional<Integer> every(Node node, String path, Optional<String> begins) {
        Optional<Integer> every = values.wholeNumber(node, path, 1);
        begins.filter(event -> event.startsWith(MESSAGE) && every.orElse(1) > 1)
                .ifPresent(event -> problems.add(
                        node,
                        "FS545",
                        path + ": of paths that '" + event
                                + "' begins all are followed, as a message does not say whether it is on one that is left out;"
                                + " begin with a call or a timer"));
        return every;
    }

    private Optional<String> event(Node node, String path) {
        Optional<String> given =
                values.text(node, path, EVENT).map(text -> text.strip().replaceAll("\\s+", " "));
        if (given.isEmpty() || machine.isEmpty()) {
            return Optional.empty();
        }
        SortedSet<String> known = events(machine.get());
        if (known.contains(given.get())) {
            return given;
        }
        problems.add(
                node,
                "FS520",
                path + ": " + machine.get().protocol() + " has no event '" + given.get() + "'"
                        + Nearest.hint(given.get(), known));
        return Optional.empty();
    }

    private static SortedSet<String> events(Machine<?> machine) {
        SortedSet<String> events = new TreeSet<>();
        machine.messageTypes().forEach(type -> events.add(MESSAGE + type.getSimpleName()));
        machine.timers().forEach(timer -> events.add(TIMER + timer));
        machine.calls().stream().map(CallDescription::name).forEach(call -> events.add(CALL + call));
        return events;
    }

    private static <T> Optional<T> bound(Section section, String key, BiFunction<Node, String, Optional<T>> reader) {
        return section.take(key).flatMap(node -> reader.apply(node, section.pathOf(key)));
    }

    private Optional<Integer> count(Node node, String path) {
        String expected = "'<= ' and a whole number, such as '<= 5',";
        return most(node, path, expected).flatMap(text -> {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Integer.valueOf(text));
            }
            values.wrong(node, path, expected);
            return Optional.empty();
        });
    }

    private Optional<Duration> time(Node node, String path) {
        String expected = "'<= ' and " + Values.DURATION + ",";
        return most(node, path, expected).flatMap(text -> {
            try {
                return Optional.of(ParameterValues.duration(text));
            } catch (IllegalArgumentException wrong) {
                values.wrong(node, path, expected);
                return Optional.empty();
            }
        });
    }

    /** What stands behind the sign. */
    private Optional<String> most(Node node, String path, String expected) {
        if (node instanceof ScalarNode scalar && scalar.getValue().startsWith(AT_MOST)) {
            return Optional.of(scalar.getValue().substring(AT_MOST.length()).strip());
        }
        values.wrong(node, path, expected);
        return Optional.empty();
    }
}
