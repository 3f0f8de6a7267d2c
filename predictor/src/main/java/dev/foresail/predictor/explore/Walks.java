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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random walks (MaceMC, NSDI'07), for liveness and for what lies deeper than a search can reach. For one search; not
 * thread-safe, its workers are its own.
 *
 * <p>A walk first takes a few actions of any kind, all equally likely, failures included; then it goes on without failures,
 * application calls before deliveries before timers by weight, until everything that must come to hold holds at once.
 * A walk that ends before, because nothing can happen any more or because it has become too long, shows a liveness
 * violation, of which {@link CriticalTransition} finds the action after which it was lost; a walk from whose end others get
 * there was only unlucky. That none of them did is no proof either, but long walks make bad luck less likely. A walk shows
 * nothing that could only have left the constraints, nor one at whose end nothing can be said of what has not come to hold.
 *
 * <p>Walks are drawn from streams of their own and taken in rounds of fixed size, each as a whole, so that the report is
 * the same for any number of workers.
 */
final class Walks {
    static final int DEFAULT_STEPS = 20_000;
    private static final int LONGEST_PREFIX = 30;
    private static final int ROUND = 32;

    private final WorldSpace space;
    private final SearchSettings settings;
    private final SearchResources resources;
    private final int steps;
    private final List<Beginnings.World> initial;
    private final Optional<RuntimeException> thrownAtStart;
    private final Optional<Ended> endedAtStart;
    private final StopSignal stop;
    private final long handlerRunsBefore;
    private final Team team;
    private final List<Walker> walkers = new ArrayList<>();
    private final FingerprintSet seen = new FingerprintSet(false);
    private final SortedMap<String, Violation> violations = new TreeMap<>();

    Walks(WorldSpace space, SearchSettings settings, SearchResources resources, StopSignal stop) {
        this.stop = stop;
        this.space = space;
        this.handlerRunsBefore = space.handlerRuns();
        this.settings = settings;
        this.resources = resources;
        this.steps = settings.maxDepth() == Integer.MAX_VALUE ? DEFAULT_STEPS : settings.maxDepth();
        Beginnings beginnings = new Beginnings(space, stop, settings.maxWorlds());
        this.initial = beginnings.worlds();
        this.thrownAtStart = beginnings.thrown();
        this.endedAtStart = beginnings.ended();
        this.team = new Team(resources.executor(), settings.workers());
        for (int worker = 0; worker < settings.workers(); worker++) {
            walkers.add(new Walker(space, steps, true));
        }
    }

    /** A walk that did not end well. */
    private record Bad(long number, Beginnings.World start, Walker.Walk walk) {}

    SearchReport search() {
        if (thrownAtStart.isPresent()) {
            Violation violation = Paths.thrownAtStart(thrownAtStart.get());
            violations.put(violation.property(), violation);
            return report(Ended.VIOLATION);
        }
        return report(endedAtStart.orElseGet(() -> initial.isEmpty() ? Ended.EXHAUSTED : rounds()));
    }

    private Ended rounds() {
        for (long first = 0; first < settings.walks(); first += ROUND) {
            Optional<Ended> stopped = round(first, Math.min(settings.walks(), first + ROUND));
            walkers.forEach(walker -> walker.drainMet(seen));
            resources.listener().progress(longest(), seen.size(), transitions(), 0);
            Optional<Ended> limit = stopped.or(this::limit);
            if (settings.untilViolation() && !violations.isEmpty()) {
                return Ended.VIOLATION;
            } else if (limit.isPresent()) {
                return limit.get();
            }
        }
        return Ended.EXHAUSTED;
    }

    private Optional<Ended> limit() {
        return seen.size() >= settings.maxWorlds() ? Optional.of(Ended.WORLDS) : stop.ended();
    }

    /** Why the search has to end in the middle of a walk; what the walks that have ended show is noted. */
    private Optional<Ended> round(long first, long end) {
        List<List<Bad>> found = new ArrayList<>();
        walkers.forEach(walker -> found.add(new ArrayList<>()));
        Optional<Ended> stopped = Optional.empty();
        try {
            walk(first, end, found);
        } catch (SearchStoppedException inTheMiddle) {
            stopped = Optional.of(inTheMiddle.why());
        }
        found.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Bad::number))
                .forEach(this::note);
        return stopped;
    }

    /** @param found where each worker puts its bad walks */
    private void walk(long first, long end, List<List<Bad>> found) {
        AtomicLong free = new AtomicLong(first);
        team.run(worker -> {
            for (long number = free.getAndIncrement();
                    number < end && !stop.isGiven();
                    number = free.getAndIncrement()) {
                Bad taken = walk(walkers.get(worker), number);
                if (taken.walk.end() != Walker.End.LIVE) {
                    found.get(worker).add(taken);
                }
            }
        });
    }

    private Bad walk(Walker walker, long number) {
        RandomStream random = RandomStream.of(settings.seed(), "walk", number);
        Beginnings.World start = initial.get(random.nextInt(initial.size()));
        int prefix = random.nextInt(Math.min(LONGEST_PREFIX, steps) + 1);
        return new Bad(number, start, walker.walk(start.row(), prefix, random));
    }

    /** Of each property the first; one is enough where the search ends with it. */
    private void note(Bad bad) {
        boolean enough = settings.untilViolation() && !violations.isEmpty();
        if (enough || violations.containsKey(bad.walk.violated())) {
            return;
        }
        if (bad.walk.end() == Walker.End.UNSAFE) {
            violations.put(
                    bad.walk.violated(),
                    new Violation(
                            bad.walk.violated(), false, bad.start.number(), bad.walk.actions(), bad.walk.detail()));
        } else if (bad.walk.isLost()) {
            new CriticalTransition(space, settings.seed(), steps, stop::isGiven)
                    .locate(bad.start, bad.walk)
                    .ifPresent(violation -> violations.put(violation.property(), violation));
        }
    }

    private long transitions() {
        return walkers.stream().mapToLong(Walker::transitions).sum();
    }

    private int longest() {
        return walkers.stream().mapToInt(Walker::longest).max().orElse(0);
    }

    private List<String> untold() {
        long safety = space.questions().local().untold().get();
        long liveness = 0;
        for (Walker walker : walkers) {
            safety |= walker.untold();
            liveness |= walker.untoldLiveness();
        }
        List<String> names = Untold.names(space.questions().names(), safety);
        names.addAll(Untold.names(space.questions().livenessNames(), liveness));
        return names;
    }

    private SearchReport report(Ended ended) {
        return new SearchReport(
                settings.kind(),
                seen.size(),
                transitions(),
                space.handlerRuns() - handlerRunsBefore,
                space.localStates(),
                space.messages(),
                longest(),
                stop.nanos(),
                List.of(),
                ended,
                List.copyOf(violations.values()),
                0,
                untold(),
                space.model().isComplete());
    }
}
