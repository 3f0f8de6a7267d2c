package dev.foresail.network.plane;

import dev.foresail.network.measure.Figure;
import java.util.List;
import java.util.function.Supplier;

/** The median of measured round trips, kept for a second while the number of links is the same. Thread-safe. */
public final class TypicalLink {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Summary UNKNOWN = new Summary(2.0 * InformationPlane.DEFAULT_LATENCY_NANOS, 0, 0);

    private volatile Kept kept = new Kept(UNKNOWN, 0, 0);
    private volatile boolean changed;

    /**
     * A summary of measured links.
     *
     * @param medianNanos the median round trip; twice the default latency without links
     * @param meanSpreadNanos the mean of the spreads
     * @param links how many were measured
     */
    public record Summary(double medianNanos, double meanSpreadNanos, int links) {}

    private record Kept(Summary summary, int links, long atNanos) {}

    TypicalLink() {}

    /** A link has a new figure. */
    void changed() {
        // Most writes find it said already: a volatile write would cost more than this look.
        if (!changed) {
            changed = true;
        }
    }

    Summary summary(int links, long nowNanos, Supplier<List<Figure>> roundTrips) {
        Kept known = kept;
        boolean young = StrictMath.abs(nowNanos - known.atNanos) < SECOND_NANOS;
        if (known.links == links && (young || !changed)) {
            return known.summary;
        }
        changed = false;
        Summary summary = summaryOf(roundTrips.get());
        kept = new Kept(summary, links, nowNanos);
        return summary;
    }

    private static Summary summaryOf(List<Figure> figures) {
        if (figures.isEmpty()) {
            return UNKNOWN;
        }
        double[] values = figures.stream().mapToDouble(Figure::value).sorted().toArray();
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        double spread = figures.stream().mapToDouble(Figure::spread).sum() / figures.size();
        return new Summary(median, spread, figures.size());
    }
}
