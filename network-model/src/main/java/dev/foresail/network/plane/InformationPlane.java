package dev.foresail.network.plane;

import dev.foresail.network.measure.ChangeCalibrations;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.measure.MeasuredLink;
import dev.foresail.network.model.NetworkModel;
import dev.foresail.network.provider.LinkProvider;
import dev.foresail.network.provider.LinkProviders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a process knows of the network: one for all protocols of its nodes. It answers for any pair: what was measured; else what
 * {@linkplain LinkProviders providers} outside say; else what the pair's ends report; else what coordinates, or the model of bandwidth, estimate; else a default that says that it is assumed
 * ({@link Figure#isKnown}). One-way latency is half the round trip, in both directions.
 *
 * <p>Thread rule: all methods may be called from any thread. A link is written under its own lock and read without one, from what
 * the latest write has published ({@link MeasuredLink}); so event loops write and predictions read without waiting for each
 * other. {@link #refit} and {@link #export} take time in proportion to what is known, and belong on no event loop.
 *
 * @param <P> names an endpoint; needs equals and hashCode
 */
public final class InformationPlane<P> implements NetworkModel<P> {
    /** One-way latency assumed when nothing was measured at all, in nanoseconds. */
    public static final long DEFAULT_LATENCY_NANOS = 50_000_000L;

    /** Of peers that were not heard of for so long, an hour, the links say nothing of what is typical now. */
    private static final long TYPICAL_AGE_NANOS = 3_600_000_000_000L;

    /** Assumed between two nodes of this process, in nanoseconds: two ways through the kernel and two threads that wake up. */
    static final long SAME_PROCESS_LATENCY_NANOS = 50_000L;

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double BYTES_PER_MEGABIT = 125_000;

    private final Set<P> own;
    private final PlaneSettings settings;
    private final PairEstimates<P> estimates;
    private final ChangeCalibrations calibrations = new ChangeCalibrations();
    private final Map<P, Tracked> links = new ConcurrentHashMap<>();
    private final AtomicLong everTracked = new AtomicLong();
    private final Reports<P> reports;
    private final TypicalLink typical = new TypicalLink();
    /** One for all links. */
    private final Runnable roundTripChanged = typical::changed;

    private volatile LinkProviders<P> providers = LinkProviders.none();

    private volatile BandwidthModel<P> bandwidths = BandwidthModel.unknown();

    /** A peer's link and when it was written last. */
    private static final class Tracked {
        final MeasuredLink link;
        final long number;
        volatile long writtenAtNanos;
        /** Whether somebody has used the round trip since it was probed last. */
        volatile boolean asked;

        Tracked(MeasuredLink link, long number, long nowNanos) {
            this.link = link;
            this.number = number;
            this.writtenAtNanos = nowNanos;
        }
    }

    /**
     * Knows nothing yet.
     *
     * @param own the nodes of this process
     * @param estimates of pairs that were never measured
     */
    public InformationPlane(Collection<P> own, PairEstimates<P> estimates, PlaneSettings settings) {
        this(Set.copyOf(own), estimates, settings);
    }

    /** @param own a view of the nodes of this process, which may become more */
    InformationPlane(Set<P> own, PairEstimates<P> estimates, PlaneSettings settings) {
        this.own = own;
        this.estimates = estimates;
        this.settings = settings;
        this.reports = new Reports<>(settings);
    }

    /** Of one node, without estimates. */
    public InformationPlane(P self) {
        this(List.of(self), PairEstimates.none(), PlaneSettings.DEFAULT);
    }

    /** From now on these providers are asked, and no others. */
    public synchronized void consult(LinkProviders<P> outside) {
        providers = outside;
    }

    /** From now on nobody is asked, if these providers are; nothing happens when others have taken their place. */
    public synchronized void dismiss(LinkProviders<P> outside) {
        if (providers.equals(outside)) {
            providers = LinkProviders.none();
        }
    }

    /** What providers say of a link: their own figures by name, in their units; empty when nobody knows. */
    public Optional<Figure> provided(String figure, P from, P to, long nowNanos) {
        return from.equals(to) ? Optional.empty() : providers.figure(figure, from, to, nowNanos);
    }

    /** Whether a node is one of this process. */
    public boolean isOwn(P node) {
        return own.contains(node);
    }

    /** The link to a peer, to write to; it is tracked from now on, and others are dropped for it beyond the limit. */
    public MeasuredLink link(P peer, long nowNanos) {
        Tracked tracked = find(peer).orElseGet(() -> track(peer, nowNanos));
        tracked.writtenAtNanos = nowNanos;
        return tracked.link;
    }

    /** Takes one round trip of a message that was sent once to a peer which answered at once. */
    public void roundTrip(P peer, long roundTripNanos, long nowNanos) {
        link(peer, nowNanos).roundTrip(roundTripNanos, 0, false, nowNanos);
    }

    private Optional<Tracked> find(P peer) {
        return Optional.ofNullable(links.get(peer));
    }

    private Tracked track(P peer, long nowNanos) {
        makeRoom(nowNanos);
        return links.computeIfAbsent(
                peer,
                absent -> new Tracked(
                        new MeasuredLink(calibrations, roundTripChanged), everTracked.getAndIncrement(), nowNanos));
    }

    private void makeRoom(long nowNanos) {
        if (links.size() < settings.peers()) {
            return;
        }
        // A sixteenth at once, so that a stream of newcomers does not look through all peers each time.
        int drop = StrictMath.max(1, settings.peers() / 16);
        List<Written<P>> written = written();
        written.sort(Comparator.comparingLong(each -> each.atNanos() - nowNanos));
        written.stream().limit(drop).map(Written::peer).forEach(links::remove);
    }

    /** When a peer's link was written last: other threads go on writing while it is sorted by. */
    private record Written<P>(P peer, MeasuredLink link, long atNanos) {}

    private List<Written<P>> written() {
        List<Written<P>> written = new ArrayList<>();
        links.forEach((peer, tracked) -> written.add(new Written<>(peer, tracked.link, tracked.writtenAtNanos)));
        return written;
    }

    /** What is measured of the link to a peer, to read; empty when nothing is. */
    public Optional<MeasuredLink> measured(P peer) {
        return find(peer).map(tracked -> tracked.link);
    }

    /**
     * How old the round trip to a peer is that somebody has asked for, in nanoseconds; {@link Long#MAX_VALUE} when it was never
     * measured, empty when nobody has asked since {@link #probed}.
     */
    public OptionalLong askedAgeNanos(P peer, long nowNanos) {
        return find(peer).filter(tracked -> tracked.asked).stream()
                .mapToLong(tracked -> tracked.link.roundTripNanos(nowNanos).ageNanos())
                .findFirst();
    }

    /** The link to a peer is being measured because somebody has asked for it. */
    public void probed(P peer) {
        find(peer).ifPresent(tracked -> tracked.asked = false);
    }

    /** The peers with a link, in the order in which they got it. */
    public List<P> peers() {
        return links.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().number))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Drops all that is known of a peer, and all that it has reported. */
    public void forget(P peer) {
        links.remove(peer);
        reports.forget(peer);
    }

    @Override
    public Figure latencyNanos(P from, P to, long nowNanos) {
        if (from.equals(to)) {
            return Figure.exact(0);
        }
        Optional<Tracked> tracked = measuredBetween(from, to);
        if (tracked.isPresent()) {
            Tracked link = tracked.get();
            // Most find it said already: a volatile write would cost more than this look.
            if (!link.asked) {
                link.asked = true;
            }
            Figure roundTrip = link.link.roundTripNanos(nowNanos);
            if (roundTrip.isKnown()) {
                return roundTrip.scaled(0.5);
            }
        }
        if (own.contains(from) && own.contains(to)) {
            return Figure.assumed(SAME_PROCESS_LATENCY_NANOS);
        }
        return unmeasuredRoundTrip(from, to, nowNanos)
                .map(roundTrip -> roundTrip.scaled(0.5))
                .orElseGet(() -> Figure.assumed(typicalRoundTrip(nowNanos).medianNanos() / 2));
    }

    private Optional<Figure> unmeasuredRoundTrip(P from, P to, long nowNanos) {
        return provided(LinkProvider.RTT, from, to, nowNanos)
                .map(millis -> millis.scaled(NANOS_PER_MILLISECOND))
                .or(() -> reports.roundTripNanos(
                        from,
                        to,
                        estimates.roundTripNanos(from, to, nowNanos),
                        () -> typicalRoundTrip(nowNanos).medianNanos(),
                        nowNanos));
    }

    @Override
    public Figure bandwidthBytesPerSecond(P from, P to, long nowNanos) {
        if (from.equals(to)) {
            return Figure.exact(Double.POSITIVE_INFINITY);
        }
        Optional<Tracked> tracked = own.contains(from) ? find(to) : Optional.empty();
        if (tracked.isPresent()) {
            Figure measured = tracked.get().link.bytesPerSecond(nowNanos);
            if (measured.isKnown()) {
                return measured;
            }
        }
        return provided(LinkProvider.BANDWIDTH, from, to, nowNanos)
                .map(megabits -> megabits.scaled(BYTES_PER_MEGABIT))
                .or(() -> reports.bytesPerSecond(from, to, nowNanos))
                .or(() -> bandwidths.bytesPerSecond(
                        speaker(from),
                        speaker(to),
                        2 * latencyNanos(from, to, nowNanos).value()))
                .orElseGet(() -> Figure.assumed(Double.POSITIVE_INFINITY));
    }

    /** Nodes of one process share its links, so one of them speaks for all. */
    private P speaker(P node) {
        return own.contains(node) ? own.iterator().next() : node;
    }

    @Override
    public Figure lossProbability(P from, P to, long nowNanos) {
        if (from.equals(to)) {
            return Figure.exact(0);
        }
        return measuredBetween(from, to)
                .map(tracked -> tracked.link.lossProbability(nowNanos))
                .filter(Figure::isKnown)
                .or(() -> provided(LinkProvider.LOSS, from, to, nowNanos))
                .orElseGet(() -> Figure.assumed(0));
    }

    private Optional<Tracked> measuredBetween(P from, P to) {
        if (own.contains(from)) {
            Optional<Tracked> there = find(to);
            return there.isEmpty() && own.contains(to) ? find(from) : there;
        }
        return own.contains(to) ? find(from) : Optional.empty();
    }

    /** The median of the round trips measured in the last hour and the mean of their spreads, as of a second ago at most. */
    public TypicalLink.Summary typicalRoundTrip(long nowNanos) {
        return typical.summary(links.size(), nowNanos, () -> {
            List<Figure> known = new ArrayList<>();
            for (Tracked tracked : links.values()) {
                Figure roundTrip = tracked.link.roundTripNanos(nowNanos);
                if (roundTrip.isKnown() && roundTrip.ageNanos() <= TYPICAL_AGE_NANOS) {
                    known.add(roundTrip);
                }
            }
            return known;
        });
    }

    /**
     * What this process tells others of its own links: those written last.
     *
     * @param entries how many at most
     */
    public List<LinkReport<P>> export(int entries, long nowNanos) {
        int most = StrictMath.min(entries, settings.entries());
        List<LinkReport<P>> exported = new ArrayList<>();
        List<Written<P>> written = written();
        written.sort(Comparator.comparingLong(each -> nowNanos - each.atNanos()));
        for (Written<P> each : written) {
            Figure roundTrip = each.link().roundTripNanos(nowNanos);
            if (exported.size() < most && roundTrip.isKnown()) {
                exported.add(report(each.peer(), roundTrip, each.link().bytesPerSecond(nowNanos)));
            }
        }
        return List.copyOf(exported);
    }

    private static <P> LinkReport<P> report(P peer, Figure roundTrip, Figure rate) {
        return new LinkReport<>(
                peer,
                roundTrip.value(),
                roundTrip.spread(),
                roundTrip.samples(),
                roundTrip.ageNanos(),
                rate.isKnown() ? rate.value() : 0);
    }

    /**
     * Takes what another node says of its own links; own measurements always come before it. Of an exporter's entries those count
     * that can be.
     *
     * @param exporter who says it, as far as the transport has made sure
     * @return what was wrong, with the code FS365; empty when nothing was
     */
    public Optional<String> take(P exporter, List<LinkReport<P>> report, long nowNanos) {
        if (own.contains(exporter)) {
            return Optional.of("[FS365] a report in this node's own name was ignored: " + exporter);
        }
        if (report.size() > settings.entries()) {
            return Optional.of("[FS365] a report of " + exporter + " was ignored: it speaks of " + report.size()
                    + " links, expected at most " + settings.entries());
        }
        int taken = reports.take(exporter, report, nowNanos);
        return taken == report.size()
                ? Optional.empty()
                : Optional.of("[FS365] of a report of " + exporter + " " + (report.size() - taken) + " of "
                        + report.size() + " links were ignored: figures that cannot be, or a link twice");
    }

    /** Fits the model of bandwidth again to what is measured and reported. */
    public void refit(long nowNanos) {
        List<BandwidthModel.Sample<P>> samples = new ArrayList<>();
        own.stream()
                .findFirst()
                .map(this::speaker)
                .ifPresent(self -> links.forEach((peer, known) -> {
                    Figure rate = known.link.bytesPerSecond(nowNanos);
                    Figure roundTrip = known.link.roundTripNanos(nowNanos);
                    if (rate.isKnown() && roundTrip.isKnown()) {
                        samples.add(new BandwidthModel.Sample<>(self, peer, rate.value(), roundTrip.value()));
                    }
                }));
        reports.forEach((exporter, link) -> {
            if (link.bytesPerSecond() > 0) {
                samples.add(new BandwidthModel.Sample<>(
                        exporter, link.peer(), link.bytesPerSecond(), link.roundTripNanos()));
            }
        });
        bandwidths = BandwidthModel.fit(samples);
    }
}
