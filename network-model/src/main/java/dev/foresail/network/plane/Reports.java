package dev.foresail.network.plane;

import dev.foresail.network.measure.Figure;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * What other nodes report of their own links. A node speaks of its own links only, so of a pair there are two reports at most, by
 * its ends; both together with an estimate by coordinates are weighed so that one liar can move what is believed of a pair by no
 * more than the spread that is stated:
 *
 * <ul>
 *   <li>Two reports that agree within a factor of 2 count, as their geometric mean.
 *   <li>Of three figures the middle one counts.
 *   <li>A single report counts within a factor of 4 of the estimate, else the estimate.
 *   <li>Two reports that do not agree, without an estimate: their geometric mean, and both lie within the spread.
 * </ul>
 *
 * <p>A spread that others state is doubled. The latest report of a node replaces the one before.
 *
 * <p>Thread-safe; reading takes no lock.
 */
final class Reports<P> {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final double AGREEMENT = 2;
    private static final double PLAUSIBLE = 4;
    private static final double WIDENING = 2;

    private final PlaneSettings settings;
    private final Map<P, Report<P>> byExporter = new ConcurrentHashMap<>();

    private record Report<P>(Map<P, LinkReport<P>> links, long receivedAtNanos) {
        long ageNanos(LinkReport<P> link, long nowNanos) {
            long since = StrictMath.max(0, nowNanos - receivedAtNanos);
            return link.ageNanos() > Long.MAX_VALUE - since ? Long.MAX_VALUE : link.ageNanos() + since;
        }
    }

    Reports(PlaneSettings settings) {
        this.settings = settings;
    }

    /** Takes a report and says how many of its entries count. */
    int take(P exporter, List<LinkReport<P>> links, long nowNanos) {
        Map<P, LinkReport<P>> usable = new ConcurrentHashMap<>();
        for (LinkReport<P> link : links) {
            if (isPossible(link) && !link.peer().equals(exporter)) {
                usable.put(link.peer(), link);
            }
        }
        if (!byExporter.containsKey(exporter) && byExporter.size() >= settings.exporters()) {
            byExporter.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().receivedAtNanos() - nowNanos))
                    .map(Map.Entry::getKey)
                    .ifPresent(byExporter::remove);
        }
        byExporter.put(exporter, new Report<>(usable, nowNanos));
        return usable.size();
    }

    private static boolean isPossible(LinkReport<?> link) {
        return link.roundTripNanos() > 0
                && link.roundTripNanos() <= LONGEST_NANOS
                && link.spreadNanos() >= 0
                && link.spreadNanos() <= LONGEST_NANOS
                && link.samples() > 0
                && link.samples() != Figure.EXACT
                && link.ageNanos() >= 0
                && link.bytesPerSecond() >= 0
                && link.bytesPerSecond() <= Double.MAX_VALUE;
    }

    void forget(P exporter) {
        byExporter.remove(exporter);
    }

    /** The round trip between two endpoints in nanoseconds by what is reported and estimated; empty when nothing is. */
    Optional<Figure> roundTripNanos(P one, P other, Optional<Figure> estimate, long nowNanos) {
        Optional<Figure> first = roundTrip(one, other, nowNanos);
        Optional<Figure> second = roundTrip(other, one, nowNanos);
        if (first.isPresent() && second.isPresent()) {
            return Optional.of(weighed(first.get(), second.get(), estimate));
        }
        Optional<Figure> only = first.or(() -> second);
        if (only.isEmpty() || estimate.isEmpty()) {
            return only.or(() -> estimate);
        }
        return agree(only.get(), estimate.get(), PLAUSIBLE) ? only : estimate;
    }

    private static Figure weighed(Figure first, Figure second, Optional<Figure> estimate) {
        if (!agree(first, second, AGREEMENT) && estimate.isPresent()) {
            Figure third = estimate.get();
            Figure lower = first.value() <= second.value() ? first : second;
            Figure upper = first.value() <= second.value() ? second : first;
            if (third.value() <= lower.value()) {
                return lower;
            }
            return third.value() >= upper.value() ? upper : third;
        }
        double value = StrictMath.sqrt(first.value() * second.value());
        double apart = StrictMath.max(first.value(), second.value()) - value;
        return new Figure(
                value,
                StrictMath.max(apart, StrictMath.max(first.spread(), second.spread())),
                StrictMath.min(first.samples(), second.samples()),
                StrictMath.max(first.ageNanos(), second.ageNanos()));
    }

    private static boolean agree(Figure one, Figure other, double factor) {
        double ratio = one.value() / other.value();
        return ratio <= factor && ratio >= 1 / factor;
    }

    private Optional<Figure> roundTrip(P exporter, P peer, long nowNanos) {
        // Its entries and its age are of one report, whatever replaces it meanwhile.
        return Optional.ofNullable(byExporter.get(exporter))
                .flatMap(report -> Optional.ofNullable(report.links().get(peer))
                        .map(link -> new Figure(
                                link.roundTripNanos(),
                                WIDENING * link.spreadNanos(),
                                link.samples(),
                                report.ageNanos(link, nowNanos))));
    }

    /** Bytes per second from one endpoint to another as the former reports it; empty when it does not. */
    Optional<Figure> bytesPerSecond(P from, P to, long nowNanos) {
        return Optional.ofNullable(byExporter.get(from))
                .flatMap(report -> Optional.ofNullable(report.links().get(to))
                        .filter(link -> link.bytesPerSecond() > 0)
                        .map(link -> new Figure(
                                link.bytesPerSecond(),
                                link.bytesPerSecond(),
                                link.samples(),
                                report.ageNanos(link, nowNanos))));
    }

    /** All that is reported, by who reports it. */
    void forEach(BiConsumer<P, LinkReport<P>> reader) {
        byExporter.forEach(
                (exporter, report) -> report.links().values().forEach(link -> reader.accept(exporter, link)));
    }
}
