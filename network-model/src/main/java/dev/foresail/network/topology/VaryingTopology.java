package dev.foresail.network.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Another topology whose links change by a script. Asked without a time, it is as before any change. Route changes apply one
 * after the other, as they begin; congestions that overlap multiply, of losses that overlap those count that began last. Immutable and thread-safe.
 */
public final class VaryingTopology extends AlteredTopology {
    private final List<LinkChange.RouteChange> routes = new ArrayList<>();
    private final List<LinkChange.Congestion> congestions = new ArrayList<>();
    private final List<LinkChange.Lossy> losses = new ArrayList<>();
    private final List<LinkChange.Failure> failures = new ArrayList<>();

    /**
     * A topology that changes.
     *
     * @param changes in any order; of routes that change at the same time, the later in the list applies later
     */
    public VaryingTopology(Topology before, List<? extends LinkChange> changes) {
        super(before);
        for (LinkChange change : changes) {
            if (change instanceof LinkChange.RouteChange route) {
                routes.add(route);
            } else if (change instanceof LinkChange.Congestion congestion) {
                congestions.add(congestion);
            } else if (change instanceof LinkChange.Lossy lossy) {
                losses.add(lossy);
            } else if (change instanceof LinkChange.Failure failure) {
                failures.add(failure);
            }
        }
        routes.sort(Comparator.comparingLong(LinkChange.RouteChange::fromNanos));
        losses.sort(Comparator.comparingLong(LinkChange.Lossy::fromNanos));
        failures.addAll(before.failures());
    }

    @Override
    public long latencyNanos(int from, int to, long nowNanos) {
        long latencyNanos = super.latencyNanos(from, to, nowNanos);
        for (LinkChange.RouteChange route : routes) {
            if (nowNanos >= route.fromNanos() && route.links().include(from, to)) {
                latencyNanos = times(route.latencyNanos().orElse(latencyNanos), route.latencyFactor());
            }
        }
        for (LinkChange.Congestion congestion : congestions) {
            double strength = congestion.strength(nowNanos);
            if (strength > 0 && congestion.links().include(from, to)) {
                latencyNanos = times(latencyNanos, 1 + strength * (congestion.latencyFactor() - 1));
            }
        }
        return latencyNanos;
    }

    /** A factor of 1 changes nothing, however large the number. */
    private static long times(long nanos, double factor) {
        return factor == 1 ? nanos : (long) (nanos * factor);
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to, long nowNanos) {
        double bandwidth = super.bandwidthBytesPerSecond(from, to, nowNanos);
        for (LinkChange.Congestion congestion : congestions) {
            double strength = congestion.strength(nowNanos);
            if (strength > 0 && congestion.links().include(from, to)) {
                bandwidth *= 1 + strength * (congestion.rateFactor() - 1);
            }
        }
        return bandwidth;
    }

    @Override
    public double lossProbability(int from, int to, long nowNanos) {
        return loss(from, to, nowNanos).map(Loss::rate).orElseGet(() -> super.lossProbability(from, to, nowNanos));
    }

    @Override
    public double lossBurst(int from, int to, long nowNanos) {
        return loss(from, to, nowNanos).map(Loss::burst).orElseGet(() -> super.lossBurst(from, to, nowNanos));
    }

    private Optional<Loss> loss(int from, int to, long nowNanos) {
        Optional<Loss> found = Optional.empty();
        for (LinkChange.Lossy lossy : losses) {
            if (lossy.lasts(nowNanos) && lossy.links().include(from, to)) {
                found = Optional.of(lossy.loss());
            }
        }
        return found;
    }

    @Override
    public Regions regions() {
        Regions before = super.regions();
        return before.bounded((from, to) -> leastNanos(before.leastNanos(from, to)));
    }

    /** What no latency is below at any time that is not below this before any change. */
    private long leastNanos(long beforeNanos) {
        long leastNanos = beforeNanos;
        for (LinkChange.RouteChange route : routes) {
            leastNanos = StrictMath.min(
                    leastNanos,
                    times(StrictMath.min(leastNanos, route.latencyNanos().orElse(leastNanos)), route.latencyFactor()));
        }
        for (LinkChange.Congestion congestion : congestions) {
            // Rounded as it is at full strength.
            leastNanos = times(leastNanos, StrictMath.min(1, 1 + 1.0 * (congestion.latencyFactor() - 1)));
        }
        return leastNanos;
    }

    @Override
    public List<LinkChange.Failure> failures() {
        return List.copyOf(failures);
    }
}
