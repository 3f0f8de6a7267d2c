package dev.foresail.network.plane;

import dev.foresail.network.measure.Figure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Bandwidth of pairs that were never measured, in logarithms: what the source gives, what the destination takes, and how it falls
 * with the round trip. A pair is answered by the model when its source or its destination has {@value #ENOUGH} samples, else by the
 * median of all; the median answers all when cross-validation finds it no worse than the model. Immutable.
 *
 * <p>Source: the fit is a ridge regression, robust by Huber's weights (k = 1.345, as for 95 % efficiency with normal errors); how much
 * ends are drawn to the mean comes from cross-validation with five parts. Why eight samples: with four such a model is worse than a
 * constant, on a cloud's regions.
 */
public final class BandwidthModel<P> {
    /** Of how many samples on a model of the ends says more than the median. */
    public static final int ENOUGH = 8;

    private static final int PARTS = 5;
    private static final double[] RIDGES = {0.3, 1, 3};
    /** More endpoints than that are more than a least-squares fit is worth: the ones with most samples are taken. */
    private static final int MOST_ENDPOINTS = 200;

    private final Map<P, Integer> sources;
    private final Map<P, Integer> destinations;
    private final RidgeFit fit;
    private final double logMedian;
    private final double logDeviation;
    private final int samples;
    private final boolean byEnds;
    private final int[] ofSource;
    private final int[] ofDestination;

    /**
     * A measured link.
     *
     * @param bytesPerSecond above 0 and finite; what is not is left out
     * @param roundTripNanos above 0 and finite; what is not is left out
     */
    public record Sample<P>(P from, P to, double bytesPerSecond, double roundTripNanos) {
        boolean isUsable() {
            return bytesPerSecond > 0
                    && roundTripNanos > 0
                    && bytesPerSecond < Double.POSITIVE_INFINITY
                    && roundTripNanos < Double.POSITIVE_INFINITY;
        }
    }

    private BandwidthModel(Ends<P> ends, List<RidgeFit.Row> rows, RidgeFit fit, Validation validation) {
        this.sources = ends.sources;
        this.destinations = ends.destinations;
        this.ofSource = ends.ofSource;
        this.ofDestination = ends.ofDestination;
        this.fit = fit;
        this.samples = rows.size();
        this.logMedian =
                RidgeFit.median(rows.stream().mapToDouble(RidgeFit.Row::target).toArray());
        this.byEnds = validation.modelError < validation.medianError;
        this.logDeviation = StrictMath.min(validation.modelError, validation.medianError);
    }

    /** Which ends there are, by number, and how many samples each has. */
    private static final class Ends<P> {
        final Map<P, Integer> sources = new LinkedHashMap<>();
        final Map<P, Integer> destinations = new LinkedHashMap<>();
        int[] ofSource = {};
        int[] ofDestination = {};
    }

    /** Mean absolute errors in logarithms, of what was left out of a fit. */
    private record Validation(double modelError, double medianError, double ridge) {}

    /** Knows nothing. */
    public static <P> BandwidthModel<P> unknown() {
        return new BandwidthModel<>(
                new Ends<>(), List.of(), RidgeFit.NONE, new Validation(Double.NaN, Double.POSITIVE_INFINITY, 1));
    }

    /** Fits the model; takes time in proportion to the cube of the number of endpoints. */
    public static <P> BandwidthModel<P> fit(Collection<Sample<P>> samples) {
        Set<P> used = mostMeasured(samples);
        Ends<P> ends = new Ends<>();
        List<RidgeFit.Row> rows = new ArrayList<>();
        for (Sample<P> sample : samples) {
            if (sample.isUsable() && used.contains(sample.from()) && used.contains(sample.to())) {
                int source = numberOf(ends.sources, sample.from());
                int destination = numberOf(ends.destinations, sample.to());
                rows.add(new RidgeFit.Row(
                        source,
                        destination,
                        StrictMath.log(sample.roundTripNanos()),
                        StrictMath.log(sample.bytesPerSecond())));
            }
        }
        if (rows.size() < PARTS) {
            return unknown();
        }
        count(ends, rows);
        Validation validation = validate(ends, rows);
        return new BandwidthModel<>(ends, rows, fit(ends, rows, validation.ridge), validation);
    }

    private static <P> Set<P> mostMeasured(Collection<Sample<P>> samples) {
        Map<P, Integer> counts = new LinkedHashMap<>();
        samples.stream().filter(Sample::isUsable).forEach(sample -> {
            counts.merge(sample.from(), 1, Integer::sum);
            counts.merge(sample.to(), 1, Integer::sum);
        });
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_ENDPOINTS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <P> int numberOf(Map<P, Integer> numbers, P end) {
        return numbers.computeIfAbsent(end, absent -> numbers.size());
    }

    private static <P> void count(Ends<P> ends, List<RidgeFit.Row> rows) {
        ends.ofSource = new int[ends.sources.size()];
        ends.ofDestination = new int[ends.destinations.size()];
        for (RidgeFit.Row row : rows) {
            ends.ofSource[row.source()]++;
            ends.ofDestination[row.destination()]++;
        }
    }

    private static <P> RidgeFit fit(Ends<P> ends, List<RidgeFit.Row> rows, double ridge) {
        return RidgeFit.of(ends.ofSource.length, ends.ofDestination.length, rows, ridge);
    }

    private static <P> Validation validate(Ends<P> ends, List<RidgeFit.Row> rows) {
        double medianError = 0;
        double[] modelErrors = new double[RIDGES.length];
        for (int part = 0; part < PARTS; part++) {
            List<RidgeFit.Row> kept = new ArrayList<>();
            List<RidgeFit.Row> left = new ArrayList<>();
            for (int index = 0; index < rows.size(); index++) {
                (index % PARTS == part ? left : kept).add(rows.get(index));
            }
            double median = RidgeFit.median(
                    kept.stream().mapToDouble(RidgeFit.Row::target).toArray());
            medianError += meanError(left, row -> median);
            for (int ridge = 0; ridge < RIDGES.length; ridge++) {
                RidgeFit fit = fit(ends, kept, RIDGES[ridge]);
                modelErrors[ridge] += meanError(left, fit::at);
            }
        }
        int best = 0;
        for (int ridge = 1; ridge < RIDGES.length; ridge++) {
            best = modelErrors[ridge] < modelErrors[best] ? ridge : best;
        }
        return new Validation(modelErrors[best] / PARTS, medianError / PARTS, RIDGES[best]);
    }

    private static double meanError(List<RidgeFit.Row> rows, ToDoubleFunction<RidgeFit.Row> predictor) {
        return rows.stream()
                .mapToDouble(row -> StrictMath.abs(row.target() - predictor.applyAsDouble(row)))
                .average()
                .orElse(0);
    }

    /**
     * Bytes per second from one endpoint to another; empty when there are too few samples for anything.
     *
     * @param roundTripNanos the round trip between them
     */
    public Optional<Figure> bytesPerSecond(P from, P to, double roundTripNanos) {
        if (samples == 0) {
            return Optional.empty();
        }
        int source = sources.getOrDefault(from, -1);
        int destination = destinations.getOrDefault(to, -1);
        int fromSource = source < 0 ? 0 : ofSource[source];
        int toDestination = destination < 0 ? 0 : ofDestination[destination];
        boolean known = StrictMath.max(fromSource, toDestination) >= ENOUGH && roundTripNanos > 0;
        double log = byEnds && known
                ? fit.at(new RidgeFit.Row(source, destination, StrictMath.log(roundTripNanos), 0))
                : logMedian;
        double value = StrictMath.exp(log);
        long support = byEnds && known ? StrictMath.max(fromSource, toDestination) : samples;
        return Optional.of(new Figure(value, value * StrictMath.expm1(logDeviation), support, Long.MAX_VALUE));
    }

    /** Whether cross-validation found the ends to say more than the median of all. */
    public boolean isByEnds() {
        return byEnds;
    }
}
