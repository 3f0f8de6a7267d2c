package dev.foresail.steering.cli;

import dev.foresail.predictor.path.CausalPath;
import dev.foresail.predictor.path.PathHop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One path as a tree, for people and for tools. Pure functions. */
final class PathText {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    /** What lies deeper is not moved further to the right. */
    private static final int MOST_INDENTED = 20;

    private PathText() {}

    /** An event, or a message that nobody has handled. */
    private record Branch(Optional<PathHop> hop, Optional<PathHop.Sent> lost, int depth, boolean again) {}

    static List<String> lines(CausalPath path) {
        List<String> lines = new ArrayList<>();
        lines.add(path.name() + " " + path.id() + " from " + Table.number(path.beginNanos() / NANOS_PER_SECOND) + " s: "
                + path.nodes().size() + " nodes, " + path.messages().size() + " hops, "
                + Table.number(path.durationNanos() / NANOS_PER_MILLI) + " ms"
                + (path.first().isEmpty() ? "; its beginning is not known" : ""));
        Table table = new Table("ms", "took", "node", "event");
        Deque<Branch> left = new ArrayDeque<>();
        path.roots().forEach(root -> left.addLast(new Branch(Optional.of(root), Optional.empty(), 0, false)));
        while (!left.isEmpty()) {
            Branch branch = left.removeFirst();
            row(path, branch, table);
            List<Branch> next = branch.hop()
                    .map(hop -> branches(path, hop, branch.depth() + 1))
                    .orElse(List.of());
            for (int index = next.size() - 1; index >= 0; index--) {
                left.addFirst(next.get(index));
            }
        }
        lines.addAll(table.toString().lines().toList());
        return lines;
    }

    private static List<Branch> branches(CausalPath path, PathHop hop, int depth) {
        List<Branch> branches = new ArrayList<>();
        Set<Integer> places = new HashSet<>();
        for (PathHop effect : path.effects(hop)) {
            boolean again = !places.add(effect.cause().orElseThrow().place());
            branches.add(new Branch(Optional.of(effect), Optional.empty(), depth, again));
        }
        path.unhandled(hop)
                .forEach(sent -> branches.add(new Branch(Optional.empty(), Optional.of(sent), depth, false)));
        return branches;
    }

    private static void row(CausalPath path, Branch branch, Table table) {
        String indent = "  ".repeat(Math.min(MOST_INDENTED, branch.depth()));
        branch.lost()
                .ifPresent(sent ->
                        table.row("-", "-", sent.to().toString(), indent + sent.message() + ", which was not handled"));
        branch.hop()
                .ifPresent(hop -> table.row(
                        (hop.handledNanos() - path.beginNanos()) / NANOS_PER_MILLI,
                        hop.cause().isPresent() ? Table.number(hop.takenNanos() / NANOS_PER_MILLI) : "-",
                        hop.node().toString(),
                        indent
                                + hop.event()
                                + hop.from().map(from -> " from " + from).orElse("")
                                + (branch.again() ? ", once more" : "")
                                + (hop.outcome() == PathHop.Outcome.HANDLED
                                        ? ""
                                        : ", " + hop.outcome().label())
                                + (hop.ends() ? ": the end" : "")));
    }

    static Map<String, Object> json(CausalPath path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path.id().toString());
        json.put("name", path.name());
        json.put("beginNanos", path.beginNanos());
        json.put("durationNanos", path.durationNanos());
        json.put("ended", path.end().isPresent());
        json.put("nodes", path.nodes().stream().map(Object::toString).toList());
        json.put("hops", path.hops().stream().map(PathText::json).toList());
        return json;
    }

    private static Map<String, Object> json(PathHop hop) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hop", hop.id().toString());
        hop.cause().ifPresent(cause -> json.put("cause", cause.hop().toString()));
        hop.from().ifPresent(from -> json.put("from", from.toString()));
        json.put("event", hop.event());
        json.put("handledNanos", hop.handledNanos());
        json.put("takenNanos", hop.takenNanos());
        json.put("outcome", hop.outcome().label());
        return json;
    }
}
