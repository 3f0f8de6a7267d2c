package dev.foresail.predictor.path;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares paths with what is expected of them. Pure functions. */
public final class Expectations {
    private Expectations() {}

    /**
     * A path that is not as expected.
     *
     * @param expected such as {@code nodes <= 5}
     * @param found such as {@code 7 nodes}
     */
    public record Anomaly(CausalPath path, String expected, String found) {}

    /** What is wrong with a path, in a fixed order. */
    private static final class Findings {
        private final CausalPath path;
        private final List<Anomaly> found = new ArrayList<>();

        Findings(CausalPath path) {
            this.path = path;
        }

        void add(String expected, String what) {
            found.add(new Anomaly(path, expected, what));
        }
    }

    /**
     * What is wrong with one path. What is counted is judged of every path. How it ends is judged only where its beginning is known; a path that has not ended, but may still end in time, is not.
     *
     * @param untilNanos when the nodes were last looked at
     * @param isWhole whether all events were kept; else an end that is not there may be one that was not kept, and is not missed
     */
    public static List<Anomaly> judge(DeclaredPath declared, CausalPath path, long untilNanos, boolean isWhole) {
        Findings findings = new Findings(path);
        DeclaredPath.Bounds bounds = declared.bounds();
        bounds.nodes()
                .filter(most -> path.nodes().size() > most)
                .ifPresent(most -> findings.add("nodes <= " + most, path.nodes().size() + " nodes"));
        bounds.hops()
                .filter(most -> path.messages().size() > most)
                .ifPresent(
                        most -> findings.add("hops <= " + most, path.messages().size() + " hops"));
        bounds.hop()
                .ifPresent(most -> path.slowest()
                        .filter(hop -> hop.takenNanos() > most.toNanos())
                        .ifPresent(hop -> findings.add("hop <= " + text(most), words(hop))));
        if (path.first().isPresent()) {
            judgeEnd(declared, path, untilNanos, isWhole, findings);
        }
        return findings.found;
    }

    private static void judgeEnd(
            DeclaredPath declared, CausalPath path, long untilNanos, boolean isWhole, Findings findings) {
        Optional<Duration> most = declared.bounds().duration();
        boolean isOver = declared.ends().isEmpty() || path.end().isPresent();
        if (isOver) {
            most.filter(bound -> path.durationNanos() > bound.toNanos())
                    .ifPresent(bound -> findings.add(
                            "duration <= " + text(bound), "it took " + seconds(path.durationNanos()) + " s"));
        } else if (isWhole && !isOpen(declared, path, untilNanos)) {
            findings.add(
                    "ends: " + declared.ends().orElseThrow()
                            + most.map(bound -> " within " + text(bound)).orElse(""),
                    "it did not");
        }
    }

    /** Whether it has not ended, though it is to, and may yet do so in time. */
    public static boolean isOpen(DeclaredPath declared, CausalPath path, long untilNanos) {
        return declared.ends().isPresent()
                && path.end().isEmpty()
                && untilNanos - path.beginNanos()
                        <= declared.bounds().duration().map(Duration::toNanos).orElse(-1L);
    }

    private static String words(PathHop hop) {
        return hop.event() + " took " + seconds(hop.takenNanos()) + " s"
                + hop.from().map(from -> " from " + from).orElse("") + " to " + hop.node();
    }

    /** Such as {@code 200ms}. */
    public static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
