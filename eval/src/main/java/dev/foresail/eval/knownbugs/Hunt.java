package dev.foresail.eval.knownbugs;

import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.eval.experiment.SearchRuns.Run;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import dev.foresail.predictor.trace.Shrinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Looks for one bug with one kind of search, several times; every time with one worker, and with nothing learnt before. Not
 * thread-safe.
 *
 * <p>Random walks are taken in portions of {@value #WALKS}, each with the next seed, until one has found the bug: a walk
 * that only fails to get live is no find. Every hunt has seeds of its own.
 *
 * @param <S> the protocol's state
 */
final class Hunt<S> {
    static final int WALKS = 500;
    static final int LONGEST_PATH = 40;
    static final int LONGEST_WALK = 100;

    private static final int SEEDS_PER_HUNT = 1_000_000;
    private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_REPLAYS = 20_000;

    private final SearchRuns searches;
    private final SystemModel<S> model;
    private final String property;
    private final Effort effort;

    /**
     * How much is done for it.
     *
     * @param limitNanos how long one hunt may take
     * @param walkLimitNanos the same for random walks
     * @param hunts how many there are, less when they take long
     * @param firstSeed of the random walks
     */
    record Effort(long limitNanos, long walkLimitNanos, int hunts, long firstSeed) {}

    /**
     * What came out of all hunts.
     *
     * @param found how often the bug was found
     * @param first the first hunt with this kind of search; the JVM is warm from whatever was sought before
     * @param medianMillis over all hunts, one in vain counting as infinite
     * @param warmMillis the median of those that found it, without the first; NaN without any
     * @param path of the first hunt that found it
     * @param shrunkLength of that path, without what is not needed
     */
    record Find(
            int hunts,
            int found,
            Sought first,
            double medianMillis,
            double warmMillis,
            Optional<Violation> path,
            Optional<Integer> shrunkLength) {}

    /** One hunt. */
    record Sought(long worlds, long transitions, long nanos, String ended, Optional<Violation> path) {
        /** Infinite when it was in vain. */
        double millis() {
            return path.isPresent() ? nanos / 1e6 : Double.POSITIVE_INFINITY;
        }
    }

    Hunt(SearchRuns searches, SystemModel<S> model, String property, Effort effort) {
        this.searches = searches;
        this.model = model;
        this.property = property;
        this.effort = effort;
    }

    Find with(SearchKind kind) {
        List<Sought> sought = new ArrayList<>();
        long nanos = 0;
        // What was not found within the limit is not sought again.
        for (int number = 0; number < effort.hunts && isWorthIt(sought, nanos); number++) {
            sought.add(kind == SearchKind.WALK ? walk(number) : search(kind));
            nanos += sought.get(number).nanos;
        }
        Optional<Violation> path =
                sought.stream().flatMap(each -> each.path.stream()).findFirst();
        return new Find(
                sought.size(),
                (int) sought.stream().filter(each -> each.path.isPresent()).count(),
                sought.get(0),
                median(sought.stream().map(Sought::millis)),
                median(sought.stream()
                        .skip(1)
                        .filter(each -> each.path.isPresent())
                        .map(Sought::millis)),
                path,
                path.map(found ->
                        new Shrinker<>(model, MOST_REPLAYS).shrink(found).depth()));
    }

    private static double median(Stream<Double> millis) {
        return Distribution.of(millis.toList()).percentile(0.5);
    }

    private boolean isWorthIt(List<Sought> sought, long nanos) {
        return sought.isEmpty()
                || sought.get(sought.size() - 1).path.isPresent() && nanos < ENOUGH_NANOS && !searches.isInterrupted();
    }

    private Sought search(SearchKind kind) {
        Run run = searches.explore(
                model,
                SearchSettings.DEFAULT.withKind(kind).withMaxDepth(LONGEST_PATH).withMaxNanos(effort.limitNanos));
        SearchReport report = run.report();
        return new Sought(
                report.distinctWorlds(),
                report.transitions(),
                run.nanos(),
                report.ended().name(),
                path(report));
    }

    /** Distinct worlds are counted per portion. */
    private Sought walk(int number) {
        long seed = effort.firstSeed + (long) number * SEEDS_PER_HUNT;
        long worlds = 0;
        long transitions = 0;
        long nanos = 0;
        Optional<Violation> path = Optional.empty();
        while (path.isEmpty() && nanos < effort.walkLimitNanos && !searches.isInterrupted()) {
            Run run = searches.explore(
                    model,
                    SearchSettings.DEFAULT
                            .withKind(SearchKind.WALK)
                            .beyondViolations()
                            .withMaxDepth(LONGEST_WALK)
                            .withWalks(WALKS)
                            .withSeed(seed)
                            .withMaxNanos(effort.walkLimitNanos - nanos));
            seed++;
            worlds += run.report().distinctWorlds();
            transitions += run.report().transitions();
            nanos += run.nanos();
            path = path(run.report());
        }
        return new Sought(worlds, transitions, nanos, path.isPresent() ? "VIOLATION" : "TIME", path);
    }

    private Optional<Violation> path(SearchReport report) {
        return report.violations().stream()
                .filter(violation -> violation.property().equals(property))
                .findFirst();
    }
}
