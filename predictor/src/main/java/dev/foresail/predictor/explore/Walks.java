package dev.foresail.predictor.explore;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random walks (MaceMC, NSDI'07), for liveness and for what lies deeper than a search can reach. For one search; not
 * thread-safe, its workers are its own.
 *
 * <p>A walk first takes a few actions of any kind, all equally likely, failures included; then it goes on without failures,
 * application calls before deliveries before timers by weight, until everything that must come to hold holds at once.
 * A walk that ends before, because nothing can happen any more or because it has become too long, shows a liveness
 * violation, of which {@link CriticalTransition} finds the action after which it was lost. A walk that never gets there is
 * no proof: it may only have been unlucky, which long walks make less likely.
 *
 * <p>Walks are drawn from streams of their own, so that the first bad walk is the same for any number of workers.
 */
final class Walks {
    static final int DEFAULT_STEPS = 20_000;
    private static final int LONGEST_PREFIX = 30;

    private final WorldSpace space;
    private final SearchSettings settings;
    private final SearchResources resources;
    private final int steps;
    private final List<int[]> initial;
    private final List<RuntimeException> thrownAtStart;
    private final long startNanos;

    Walks(WorldSpace space, SearchSettings settings, SearchResources resources) {
        this.startNanos = resources.clockNanos().getAsLong();
        this.space = space;
        this.settings = settings;
        this.resources = resources;
        this.steps = settings.maxDepth() == Integer.MAX_VALUE ? DEFAULT_STEPS : settings.maxDepth();
        Beginnings beginnings = space.beginnings();
        this.initial = beginnings.rows();
        this.thrownAtStart = beginnings.thrown();
    }

    /** A walk that found something. */
    private record Bad(long walk, Violation violation) {}

    SearchReport search() {
        if (!thrownAtStart.isEmpty()) {
            return report(List.of(), List.of(Paths.thrownAtStart(thrownAtStart.get(0))), Ended.VIOLATION);
        }
        List<Walker> walkers = new ArrayList<>();
        List<List<Bad>> found = new ArrayList<>();
        for (int worker = 0; worker < settings.workers(); worker++) {
            walkers.add(new Walker(space, steps));
            found.add(new ArrayList<>());
        }
        AtomicLong free = new AtomicLong();
        AtomicLong firstBad = new AtomicLong(Long.MAX_VALUE);
        Team team = new Team(resources.executor(), settings.workers());
        team.run(worker -> walk(walkers.get(worker), free, firstBad, found.get(worker)));
        List<Bad> bad = found.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Bad::walk))
                .toList();
        boolean all = free.get() >= settings.walks() && !resources.interrupted().getAsBoolean();
        Ended ended = !bad.isEmpty() ? Ended.VIOLATION : all ? Ended.EXHAUSTED : limit();
        return report(walkers, violations(bad), ended);
    }

    private Ended limit() {
        return resources.interrupted().getAsBoolean() ? Ended.INTERRUPTED : Ended.TIME;
    }

    private void walk(Walker walker, AtomicLong free, AtomicLong firstBad, List<Bad> found) {
        for (long walk = free.getAndIncrement(); walk < settings.walks(); walk = free.getAndIncrement()) {
            boolean enough = settings.untilViolation() && walk > firstBad.get();
            if (enough || resources.interrupted().getAsBoolean() || isLate()) {
                return;
            }
            RandomStream random = RandomStream.of(settings.seed(), "walk", walk);
            int start = random.nextInt(initial.size());
            Optional<Violation> violation =
                    walker.walk(initial.get(start), start, random.nextInt(LONGEST_PREFIX + 1), random);
            if (violation.isPresent()) {
                found.add(new Bad(walk, violation.get()));
                firstBad.accumulateAndGet(walk, Math::min);
            }
        }
    }

    private boolean isLate() {
        return resources.clockNanos().getAsLong() - startNanos >= settings.maxNanos();
    }

    /** Of each property the first; of a liveness violation with the critical transition. */
    private List<Violation> violations(List<Bad> bad) {
        List<Violation> first = new ArrayList<>();
        for (Bad each : bad) {
            boolean known = first.stream()
                    .anyMatch(other -> other.property().equals(each.violation().property()));
            boolean later = settings.untilViolation() && !first.isEmpty();
            if (!known && !later) {
                first.add(each.violation());
            }
        }
        return first.stream().map(this::located).toList();
    }

    private Violation located(Violation violation) {
        return violation.isLiveness()
                ? new CriticalTransition(space, settings.seed(), steps).locate(initial, violation)
                : violation;
    }

    private SearchReport report(List<Walker> walkers, List<Violation> violations, Ended ended) {
        return new SearchReport(
                settings.kind(),
                walkers.stream().mapToLong(Walker::distinctWorlds).sum(),
                walkers.stream().mapToLong(Walker::transitions).sum(),
                space.handlerRuns(),
                space.localStates(),
                space.messages(),
                walkers.stream().mapToInt(Walker::longest).max().orElse(0),
                resources.clockNanos().getAsLong() - startNanos,
                List.of(),
                ended,
                violations,
                0);
    }
}
