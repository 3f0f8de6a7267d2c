package dev.foresail.network.plane;

import dev.foresail.network.measure.Figure;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What other nodes report of their own links. A node speaks of its own links only, so of a pair there are two reports at most, by
 * its ends; both together with an estimate by coordinates are weighed so that one liar can move what is believed of a pair by no
 * more than the spread that is stated:
 *
 * <ul>
 *   <li>Two reports that agree within a factor of 2 count, as their geometric mean.
 *   <li>Of three figures the middle one counts.
 *   <li>A single report counts within a factor of 4 of the estimate, else the estimate.
 *   <li>A single report without an estimate is cut to within a factor of 4 of the typical round trip, and its spread is at least
 *       its value.
 *   <li>Two reports that do not agree, without an estimate: their geometric mean, and both lie within the spread.
 * </ul>
 *
 * <p>A spread that others state is doubled. What a node says of a link replaces what it has said of that link before; of what it
 * says of more links than one report may have, the oldest goes.
 *
 * <p>Thread-safe; reading takes no lock.
 */
final class Reports<P> {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final double AGREEMENT = 2;
    private static final double WIDENING = 2;

    private final PlaneSettings settings;
    private final Map<P, Report<P>> byExporter = new ConcurrentHashMap<>();

    private record Report<P>(Map<P, Entry<P>> entries, long receivedAtNanos) {}

    private record Entry<P>(LinkReport<P> link, long receivedAtNanos) {
        long ageNanos(long nowNanos) {
            long since = StrictMath.max(0, nowNanos - receivedAtNanos);
            return link.ageNanos() > Long.MAX_VALUE - since ? Long.MAX_VALUE : link.ageNanos() + since;
        }
    }

    Reports(PlaneSettings settings) {
        this.settings = settings;
    }

    /** Takes a report and says how many of its entries count. */
    synchronized int take(P exporter, List<LinkReport<P>> links, long nowNanos) {
        Map<P, Entry<P>> usable = new LinkedHashMap<>();
        for (LinkReport<P> link : links) {
            if (isPossible(link) && !link.peer().equals(exporter)) {
                usable.put(link.peer(), new Entry<>(link, nowNanos));
            }
        }
        Report<P> before = byExporter.get(exporter);
        if (before == null && byExporter.size() >= settings.exporters()) {
            byExporter.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().receivedAtNanos() - nowNanos))
                    .map(Map.Entry::getKey)
                    .ifPresent(byExporter::remove);
        }
        byExporter.put(exporter, new Report<>(merged(before, usable), nowNanos));
        return usable.size();
    }

    /** Readers see the entries before or after, so they are never changed. In order, the ones said last at the end. */
    private Map<P, Entry<P>> merged(@Nullable Report<P> before, Map<P, Entry<P>> latest) {
        Map<P, Entry<P>> merged = new LinkedHashMap<>();
        if (before != null) {
            merged.putAll(before.entries());
            merged.keySet().removeAll(latest.keySet());
        }
        merged.putAll(latest);
        Iterator<P> oldest = merged.keySet().iterator();
        while (merged.size() > settings.entries()) {
            oldest.next();
            oldest.remove();
        }
        return Collections.unmodifiableMap(merged);
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

    /**
     * The round trip between two endpoints in nanoseconds by what is reported and estimated; empty when nothing is.
     *
     * @param typicalNanos the typical round trip
     */
    Optional<Figure> roundTripNanos(
            P one, P other, Optional<Figure> estimate, DoubleSupplier typicalNanos, long nowNanos) {
        Optional<Figure> first = roundTrip(one, other, nowNanos);
        Optional<Figure> second = roundTrip(other, one, nowNanos);
        if (first.isPresent() && second.isPresent()) {
            return Optional.of(weighed(first.get(), second.get(), estimate));
        }
        Optional<Figure> only = first.or(() -> second);
        if (only.isEmpty()) {
            return estimate;
        }
        if (estimate.isEmpty()) {
            return only.map(figure -> alone(figure, typicalNanos.getAsDouble()));
        }
        return agree(only.get(), estimate.get(), Places.PLAUSIBLE) ? only : estimate;
    }

    private static Figure alone(Figure said, double typicalNanos) {
        double value = Places.bounded(said.value(), typicalNanos);
        return new Figure(value, StrictMath.max(value, said.spread()), said.samples(), said.ageNanos());
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

    private Optional<Entry<P>> entry(P exporter, P peer) {
        Report<P> report = byExporter.get(exporter);
        return report == null
                ? Optional.empty()
                : Optional.ofNullable(report.entries().get(peer));
    }

    private Optional<Figure> roundTrip(P exporter, P peer, long nowNanos) {
        return entry(exporter, peer)
                .map(entry -> new Figure(
                        entry.link().roundTripNanos(),
                        WIDENING * entry.link().spreadNanos(),
                        entry.link().samples(),
                        entry.ageNanos(nowNanos)));
    }

    /** Bytes per second from one endpoint to another as the former reports it; empty when it does not. */
    Optional<Figure> bytesPerSecond(P from, P to, long nowNanos) {
        return entry(from, to)
                .filter(entry -> entry.link().bytesPerSecond() > 0)
                .map(entry -> new Figure(
                        entry.link().bytesPerSecond(),
                        entry.link().bytesPerSecond(),
                        entry.link().samples(),
                        entry.ageNanos(nowNanos)));
    }

    /** All that is reported, by who reports it. */
    void forEach(BiConsumer<P, LinkReport<P>> reader) {
        byExporter.forEach((exporter, report) ->
                report.entries().values().forEach(entry -> reader.accept(exporter, entry.link())));
    }
}
