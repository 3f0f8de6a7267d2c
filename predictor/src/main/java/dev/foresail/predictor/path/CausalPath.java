package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A path, put together from what its nodes have told. Immutable. */
public final class CausalPath {
    private static final Comparator<PathHop> IN_TIME =
            Comparator.comparingLong(PathHop::handledNanos).thenComparing(PathHop::id);

    private final List<PathHop> hops;
    private final Map<HopId, List<PathHop>> effects = new HashMap<>();

    private CausalPath(List<PathHop> told) {
        hops = told.stream().sorted(IN_TIME).toList();
        for (PathHop hop : hops) {
            hop.cause()
                    .ifPresent(cause -> effects.computeIfAbsent(cause.hop(), led -> new ArrayList<>())
                            .add(hop));
        }
        effects.values()
                .forEach(led ->
                        led.sort(Comparator.comparingInt(CausalPath::place).thenComparing(IN_TIME)));
    }

    private static int place(PathHop hop) {
        return hop.cause().map(PathHop.Cause::place).orElse(0);
    }

    /** The paths that these events are of, in the order in which they began. */
    public static List<CausalPath> of(List<PathHop> hops) {
        Map<HopId, List<PathHop>> byPath = new TreeMap<>();
        for (PathHop hop : hops) {
            byPath.computeIfAbsent(hop.path(), begun -> new ArrayList<>()).add(hop);
        }
        return byPath.values().stream()
                .map(CausalPath::new)
                .sorted(Comparator.comparingLong(CausalPath::beginNanos).thenComparing(CausalPath::id))
                .toList();
    }

    /** The event that began it. */
    public HopId id() {
        return hops.get(0).path();
    }

    public String name() {
        return hops.get(0).name();
    }

    /** What was handled of it, in time. */
    public List<PathHop> hops() {
        return hops;
    }

    /** The event that began it; empty when what its node has told is missing. */
    public Optional<PathHop> first() {
        return hops.stream().filter(hop -> hop.id().equals(hop.path())).findFirst();
    }

    /** Those that nothing that is known has led to: the first one, and those whose causes are missing. */
    public List<PathHop> roots() {
        Set<HopId> known = new HashSet<>();
        hops.forEach(hop -> known.add(hop.id()));
        return hops.stream()
                .filter(hop ->
                        hop.cause().filter(led -> known.contains(led.hop())).isEmpty())
                .toList();
    }

    /** What an event has led to, in the order in which its handler caused it; a message that came twice is there twice. */
    public List<PathHop> effects(PathHop hop) {
        return List.copyOf(effects.getOrDefault(hop.id(), List.of()));
    }

    /** The messages of an event's handler that nobody has handled. */
    public List<PathHop.Sent> unhandled(PathHop hop) {
        Set<Integer> places = new HashSet<>();
        effects(hop).forEach(led -> places.add(place(led)));
        return hop.sent().stream()
                .filter(sent -> !places.contains(sent.place()))
                .toList();
    }

    /** Whose handlers it came to. */
    public SortedSet<NodeId> nodes() {
        SortedSet<NodeId> nodes = new TreeSet<>();
        hops.forEach(hop -> nodes.add(hop.node()));
        return nodes;
    }

    /** The messages from one node to another that were handled. */
    public List<PathHop> messages() {
        return hops.stream().filter(PathHop::isFromAnother).toList();
    }

    /** The message between nodes that took longest; empty when there was none. */
    public Optional<PathHop> slowest() {
        return messages().stream().max(Comparator.comparingLong(PathHop::takenNanos));
    }

    /** When it began, or when what is known of it did. */
    public long beginNanos() {
        return first().map(PathHop::handledNanos)
                .orElseGet(() -> hops.get(0)
                        .cause()
                        .map(PathHop.Cause::sentNanos)
                        .orElse(hops.get(0).handledNanos()));
    }

    /** The event that ended it first; empty when none has. */
    public Optional<PathHop> end() {
        return hops.stream().filter(PathHop::ends).findFirst();
    }

    /** From its beginning to its end or, where none is known, to the last event of it that was handled. */
    public long durationNanos() {
        long lastNanos = end().orElse(hops.get(hops.size() - 1)).handledNanos();
        return Math.max(0, lastNanos - beginNanos());
    }

    /** The paths of each name, in the order of {@code declared}. */
    public static Map<DeclaredPath, List<CausalPath>> byName(List<DeclaredPath> declared, List<CausalPath> paths) {
        Map<DeclaredPath, List<CausalPath>> byName = new LinkedHashMap<>();
        for (DeclaredPath path : declared) {
            byName.put(
                    path,
                    paths.stream()
                            .filter(begun -> begun.name().equals(path.name()))
                            .toList());
        }
        return byName;
    }
}
