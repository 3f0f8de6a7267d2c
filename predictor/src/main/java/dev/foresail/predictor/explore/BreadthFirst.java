package dev.foresail.predictor.explore;

import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchReport.Ended;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Breadth-first search, exhaustive or with the pruning rule of consequence prediction. For one search; not thread-safe, its
 * workers are its own.
 *
 * <p>A level is taken in rounds of some thousand worlds, a round in three parts with a barrier after each. The workers
 * expand equal ranges of worlds ({@link Expander}) and sort the successors by the first bits of their fingerprints; each
 * {@link Partition} of the known fingerprints finds out which are new, looking up many at a time so that cache misses
 * overlap; and the new worlds are put in the order in which one worker would have found them ({@link Arrivals}), numbered,
 * written and judged ({@link Settler}). So no two threads ever write to the same place, and the numbers, the verdict and the
 * traces are the same for any number of workers. There are no locks but for what was never met before, and in models with
 * failures that are counted, a history or bounds on time, whose values are looked up under one ({@link SharedSlots}).
 *
 * <p>Weakness: a level with few worlds keeps only one worker busy.
 */
final class BreadthFirst {
    private static final int SMALLEST_ROUND = 1 << 12;
    private static final int LARGEST_ROUND = 1 << 16;

    private final WorldSpace space;
    private final SearchSettings settings;
    private final SearchResources resources;
    private final Team team;
    private final boolean wide;
    private final boolean pruned;
    private final Rows.Pool pool;
    private final List<Expander> expanders = new ArrayList<>();
    private final List<Settler> settlers = new ArrayList<>();
    private final Partition[] partitions = new Partition[Candidates.PARTITIONS];
    private final Expansions expansions;
    private final Arrivals arrivals = new Arrivals();
    private final Ancestry ancestry = new Ancestry();
    private final List<Beginnings.World> initial;
    private final Optional<RuntimeException> thrownAtStart;
    private final Optional<Ended> endedAtStart;
    private final List<Long> worldsByDepth = new ArrayList<>();
    private final StopSignal stop;
    private final long handlerRunsBefore;
    private Rows level;
    private Rows next;
    private long found;
    private long levelFirst;
    private Optional<Throw> firstThrow = Optional.empty();

    BreadthFirst(WorldSpace space, SearchSettings settings, SearchResources resources, StopSignal stop) {
        this.stop = stop;
        this.space = space;
        this.handlerRunsBefore = space.handlerRuns();
        this.settings = settings;
        this.resources = resources;
        this.team = new Team(resources.executor(), settings.workers());
        this.wide = settings.wideFingerprints();
        this.pruned = settings.kind() == SearchKind.CONSEQUENCE;
        boolean constrained = space.questions().hasConstraints();
        Optional<RowNotes> notes = !pruned && !constrained && space.hasPlainMoves()
                ? Optional.of(new RowNotes(space, wide))
                : Optional.empty();
        int width = notes.map(RowNotes::end).orElse(space.width());
        this.pool = new Rows.Pool(width);
        this.level = new Rows(width, pool);
        this.next = new Rows(width, pool);
        this.expansions = new Expansions(space, settings.expansions());
        for (int worker = 0; worker < settings.workers(); worker++) {
            expanders.add(new Expander(space, wide, pruned, notes, !constrained));
            settlers.add(new Settler(space, wide, notes));
        }
        for (int number = 0; number < partitions.length; number++) {
            partitions[number] = new Partition(space, wide);
        }
        Beginnings beginnings = new Beginnings(space, stop, settings.maxWorlds());
        this.initial = beginnings.worlds();
        this.thrownAtStart = beginnings.thrown();
        this.endedAtStart = beginnings.ended();
    }

    /** A handler that threw in the world with that number. */
    private record Throw(long world, int slot, Move move) {}

    SearchReport search() {
        begin();
        Optional<Ended> ended = hasFound() ? Optional.of(Ended.VIOLATION) : endedAtStart;
        return report(ended.orElseGet(this::levels));
    }

    private void begin() {
        for (Beginnings.World world : initial) {
            int[] row = world.row();
            partitionOf(space.fingerprint(row, 0))
                    .addInitial(space.fingerprint(row, 0), space.secondFingerprint(row, 0));
            level.extend(1);
            System.arraycopy(row, 0, level.chunk(found), level.base(found), row.length);
            settlers.get(0).settleInitial(level.chunk(found), level.base(found), found);
            found++;
        }
        shareReads();
        ancestry.extend(found);
        if (found > 0) {
            worldsByDepth.add(found);
        }
    }

    private Partition partitionOf(long fingerprint) {
        return partitions[(int) (fingerprint >>> Long.SIZE - Candidates.PARTITION_BITS)];
    }

    private boolean hasFound() {
        return settings.untilViolation()
                && (thrownAtStart.isPresent()
                        || firstThrow.isPresent()
                        || settlers.stream().anyMatch(settler -> settler.violations() > 0));
    }

    private Ended levels() {
        for (int depth = 0; level.size() > 0; depth++) {
            if (depth == settings.maxDepth()) {
                return Ended.DEPTH;
            }
            Optional<Ended> ended = level(depth);
            if (next.size() > 0) {
                worldsByDepth.add(next.size());
            }
            if (ended.isPresent()) {
                return ended.get();
            }
            levelFirst += level.size();
            level.releaseAll();
            Rows empty = level;
            level = next;
            next = empty;
        }
        return Ended.EXHAUSTED;
    }

    private Optional<Ended> level(int depth) {
        // Long rounds have fewer barriers, short ones look at the limits sooner.
        long round = Math.max(SMALLEST_ROUND, Math.min(LARGEST_ROUND, level.size() / 8));
        for (long first = 0; first < level.size(); first += round) {
            Optional<Ended> stopped = round(first, Math.min(level.size(), first + round));
            level.releaseBefore(first + round);
            resources.listener().progress(depth, found, transitions(), level.size());
            Optional<Ended> ended = hasFound() ? Optional.of(Ended.VIOLATION) : stopped.or(this::limit);
            if (ended.isPresent()) {
                return ended;
            }
        }
        return Optional.empty();
    }

    private Optional<Ended> limit() {
        return found >= Math.min(settings.maxWorlds(), Ancestry.MOST_WORLDS) ? Optional.of(Ended.WORLDS) : stop.ended();
    }

    /** Why the search has to end in the middle of the round: then it knows no more worlds than before. */
    private Optional<Ended> round(long first, long end) {
        try {
            expand(first, end);
        } catch (SearchStoppedException stopped) {
            return Optional.of(stopped.why());
        } finally {
            noteThrown();
        }
        settle(first, (int) (end - first));
        return Optional.empty();
    }

    private void expand(long first, long end) {
        long[] masks = pruned ? expansions.masks(level, first, end) : NO_MASKS;
        long worlds = end - first;
        int workers = team.workers();
        team.run(worker -> {
            long from = first + worlds * worker / workers;
            long to = first + worlds * (worker + 1) / workers;
            expanders.get(worker).expand(level, from, to, first, masks);
        });
    }

    private void settle(long first, int worlds) {
        int workers = team.workers();
        AtomicInteger free = new AtomicInteger();
        team.run(worker -> {
            for (int number = free.getAndIncrement(); number < partitions.length; number = free.getAndIncrement()) {
                partitions[number].take(number, expanders, level, first);
            }
        });
        arrivals.collect(partitions, worlds);
        long before = next.size();
        next.extend(arrivals.size());
        ancestry.extend(found + arrivals.size());
        team.run(worker -> {
            int from = (int) ((long) arrivals.size() * worker / workers);
            int to = (int) ((long) arrivals.size() * (worker + 1) / workers);
            settle(settlers.get(worker), first, before, from, to);
        });
        found += arrivals.size();
        shareReads();
    }

    /** A world is settled by any worker, its successors by others: these must know what its answer depends on. */
    private void shareReads() {
        long read = 0;
        for (Settler settler : settlers) {
            read |= settler.everRead();
        }
        for (Settler settler : settlers) {
            settler.othersRead(read);
        }
    }

    private static final long[] NO_MASKS = {};

    private void settle(Settler settler, long roundStart, long before, int from, int to) {
        for (int index = from; index < to; index++) {
            long parent = roundStart + arrivals.parent(index);
            long row = before + index;
            long world = found + index;
            int step = arrivals.step(index);
            ancestry.set(world, levelFirst + parent, step);
            settler.settle(level.chunk(parent), level.base(parent), step, next.chunk(row), next.base(row), world);
        }
    }

    private void noteThrown() {
        for (Expander expander : expanders) {
            for (Expander.Thrown thrown : expander.thrown()) {
                if (firstThrow.isEmpty()) {
                    firstThrow = Optional.of(new Throw(levelFirst + thrown.world(), thrown.slot(), thrown.move()));
                }
            }
            expander.thrown().clear();
        }
    }

    private long transitions() {
        long all = expanders.stream().mapToLong(Expander::transitions).sum();
        for (Partition partition : partitions) {
            all -= partition.cutTransitions();
        }
        return all;
    }

    private SearchReport report(Ended ended) {
        Paths paths = new Paths(space, ancestry, initial);
        return new SearchReport(
                settings.kind(),
                found,
                transitions(),
                space.handlerRuns() - handlerRunsBefore,
                space.localStates(),
                space.messages(),
                Math.max(0, worldsByDepth.size() - 1),
                stop.nanos(),
                worldsByDepth,
                ended,
                violations(paths),
                collisionOdds(),
                untold(),
                space.model().isComplete());
    }

    private List<Violation> violations(Paths paths) {
        List<Violation> violations = new ArrayList<>();
        if (thrownAtStart.isPresent()) {
            violations.add(Paths.thrownAtStart(thrownAtStart.get()));
        } else {
            firstThrow.ifPresent(thrown -> violations.add(paths.thrown(thrown.world, thrown.slot, thrown.move)));
        }
        List<String> names = space.questions().names();
        for (int property = 0; property < names.size(); property++) {
            int number = property;
            long world = settlers.stream()
                    .mapToLong(settler -> settler.firstViolating(number))
                    .min()
                    .orElseThrow();
            if (!Settler.isNone(world)) {
                violations.add(paths.violation(names.get(property), world));
            }
        }
        violations.sort(Comparator.comparing(Violation::property));
        return violations;
    }

    private List<String> untold() {
        long bits = space.questions().local().untold().get();
        for (Settler settler : settlers) {
            bits |= settler.untold();
        }
        return Untold.names(space.questions().names(), bits);
    }

    /** By the birthday bound: of the worlds, and of what was remembered of them for several nodes together. */
    private double collisionOdds() {
        double worlds = Arrays.stream(partitions).mapToLong(Partition::told).sum();
        int kinds = 1
                + (space.questions().hasTogether() ? 1 : 0)
                + (space.questions().hasConstraints() ? 1 : 0);
        return Math.scalb(kinds * worlds * worlds / 2, wide ? -128 : -64);
    }
}
