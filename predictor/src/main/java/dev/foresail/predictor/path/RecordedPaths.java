package dev.foresail.predictor.path;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was told of paths in a run. Immutable.
 *
 * @param run how it came about
 * @param untilNanos when the nodes were last looked at; of several parts, all of them
 * @param left how many events were not kept
 * @param gapNanos until when a node was last away that had been killed, so that what it had not told yet is lost; empty where none was
 */
public record RecordedPaths(
        String protocol,
        Run run,
        List<DeclaredPath> declared,
        long untilNanos,
        long left,
        Optional<Long> gapNanos,
        List<PathHop> hops) {
    /**
     * Which run it was.
     *
     * @param command as it was typed
     * @param digest of all that happened; with the seed it tells runs apart
     */
    public record Run(String command, long seed, String digest) {
        private static final String LIVE = "live";

        /** Of live nodes, whose paths have names that no other run gives. */
        public static Run live(String command) {
            return new Run(command, 0, LIVE);
        }

        public boolean isLive() {
            return digest.equals(LIVE);
        }
    }

    public RecordedPaths {
        declared = List.copyOf(declared);
        hops = List.copyOf(hops);
    }

    /** Of nodes of which none was killed. */
    public RecordedPaths(
            String protocol, Run run, List<DeclaredPath> declared, long untilNanos, long left, List<PathHop> hops) {
        this(protocol, run, declared, untilNanos, left, Optional.empty(), hops);
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
                    "these paths do not belong together: those of " + protocol + ", by " + run.command()
                            + ", and those of "
                            + other.protocol + ", by " + other.run.command()
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
                Math.min(untilNanos, other.untilNanos),
                left + other.left,
                Stream.concat(gapNanos.stream(), other.gapNanos.stream()).max(Comparator.naturalOrder()),
                new ArrayList<>(both.values()));
    }

    /** Put together, in the order in which they began. */
    public List<CausalPath> paths() {
        return CausalPath.of(hops);
    }

    /** Whether all events were kept. */
    public boolean isWhole() {
        return left == 0;
    }

    /** Whether the path has not ended, and may yet do so in time, or has done so unseen while a node was killed. */
    public boolean isOpen(DeclaredPath declaration, CausalPath path) {
        return Expectations.isOpen(declaration, path, untilNanos)
                || declaration.ends().isPresent() && path.end().isEmpty() && isAcrossGap(path);
    }

    private boolean isAcrossGap(CausalPath path) {
        return gapNanos.filter(until -> path.beginNanos() <= until).isPresent();
    }

    /**
     * What is not as expected, in the order of the declarations and of the paths. Missing ends are told only when all events were kept, also those
     * of a node that was killed after the path had begun.
     */
    public List<Expectations.Anomaly> anomalies() {
        List<Expectations.Anomaly> anomalies = new ArrayList<>();
        CausalPath.byName(declared, paths())
                .forEach((declaration, begun) -> begun.forEach(path -> anomalies.addAll(
                        Expectations.judge(declaration, path, untilNanos, isWhole() && !isAcrossGap(path)))));
        return anomalies;
    }
}
