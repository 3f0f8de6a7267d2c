package dev.foresail.predictor.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was told of paths in a run. Immutable.
 *
 * @param run how it came about, such as the command
 * @param untilNanos when the nodes were last looked at
 * @param left how many events were not kept
 */
public record RecordedPaths(
        String protocol, String run, List<DeclaredPath> declared, long untilNanos, long left, List<PathHop> hops) {
    public RecordedPaths {
        declared = List.copyOf(declared);
        hops = List.copyOf(hops);
    }

    /**
     * What several nodes have told of the same run; what stands in several counts once.
     *
     * @throws PathFileException FS526 when they are of different runs
     */
    public RecordedPaths with(RecordedPaths other) {
        if (!protocol.equals(other.protocol) || !declared.equals(other.declared)) {
            throw new PathFileException(
                    "FS526",
                    "these paths do not belong together: those of " + protocol + ", by " + run + ", and those of "
                            + other.protocol + ", by " + other.run
                            + (protocol.equals(other.protocol) ? ", which declares other paths" : ""));
        }
        Map<HopId, PathHop> both = new LinkedHashMap<>();
        hops.forEach(hop -> both.put(hop.id(), hop));
        for (PathHop hop : other.hops) {
            PathHop before = both.putIfAbsent(hop.id(), hop);
            if (before != null && !before.equals(hop)) {
                throw new PathFileException(
                        "FS526", "these paths are of two runs: each has another event that is called " + hop.id());
            }
        }
        return new RecordedPaths(
                protocol,
                run,
                declared,
                Math.max(untilNanos, other.untilNanos),
                left + other.left,
                new ArrayList<>(both.values()));
    }

    /** Put together, in the order in which they began. */
    public List<CausalPath> paths() {
        return CausalPath.of(hops);
    }

    /** What is not as expected, in the order of the declarations and of the paths. */
    public List<Expectations.Anomaly> anomalies() {
        List<Expectations.Anomaly> anomalies = new ArrayList<>();
        CausalPath.byName(declared, paths())
                .forEach((declaration, begun) ->
                        begun.forEach(path -> anomalies.addAll(Expectations.judge(declaration, path, untilNanos))));
        return anomalies;
    }
}
