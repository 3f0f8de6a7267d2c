package dev.foresail.eval.knownbugs;

import dev.foresail.eval.experiment.Bars;
import dev.foresail.eval.experiment.SearchRuns;
import dev.foresail.steering.cli.Experiment;
import dev.foresail.steering.cli.Progress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code foresail eval known-bugs}: every {@linkplain KnownBugs known bug} sought by every kind of search, from a snapshot
 * close to it and from the beginning. Times are real, counts are the same everywhere.
 */
public final class KnownBugSearches implements Experiment {
    /** A bug of a protocol that nobody uses: reported only. */
    private static final String WITHOUT_BAR = "BT-1";

    private static final double MOST_SECONDS_FROM_SNAPSHOT = 0.5;
    private static final double MOST_SECONDS_FROM_INITIAL = 60;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long QUICK_WALK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int HUNTS = 5;
    private static final int QUICK_HUNTS = 2;
    /** Seeds up to here were looked at while the scenarios were written. */
    private static final long FIRST_SEED = 10_000;

    @Override
    public String name() {
        return "known-bugs";
    }

    @Override
    public String summary() {
        return "how soon known bugs are found, by which search, and what prediction leaves out";
    }

    @Override
    public Set<Option> understands() {
        return EnumSet.of(Option.SEED_BASE, Option.QUICK);
    }

    @Override
    public Report run(Options options) throws Exception {
        boolean quick = options.quick();
        int hunts = quick ? QUICK_HUNTS : HUNTS;
        Hunt.Effort effort = new Hunt.Effort(
                LIMIT_NANOS, quick ? QUICK_WALK_NANOS : LIMIT_NANOS, hunts, FIRST_SEED + options.seedBase());
        List<Chase> chases = new ArrayList<>();
        Bars bars = new Bars();
        Reach reach;
        try (SearchRuns searches = new SearchRuns(options.interruption());
                Progress progress = Progress.onStandardError("searching")) {
            for (Start start : quick ? List.of(Start.SNAPSHOT) : List.of(Start.values())) {
                for (KnownBug<?> bug : KnownBugs.all()) {
                    progress.update(() -> bug.id() + " from its " + start.text());
                    chases.add(Chase.run(searches, bug, start, effort));
                }
            }
            progress.update(() -> "what prediction leaves out");
            reach = Reach.measure(searches, quick);
        }
        chases.forEach(chase -> addBar(bars, chase));
        reach.addBars(bars);
        bars.atMost(
                "properties violated without the bugs",
                chases.stream()
                        .mapToInt(chase -> chase.mended().violations().size())
                        .sum(),
                "properties",
                0);
        return new Report(hunts, bars.all(), results(chases, reach), List.of(options.command(this)));
    }

    private static void addBar(Bars bars, Chase chase) {
        String id = chase.bug().id();
        if (!id.equals(WITHOUT_BAR)) {
            bars.below(
                    id + " from its " + chase.start().text() + ", by "
                            + Chase.word(chase.start().namedKind(chase.bug())),
                    chase.seconds(),
                    "s",
                    chase.start() == Start.SNAPSHOT ? MOST_SECONDS_FROM_SNAPSHOT : MOST_SECONDS_FROM_INITIAL);
        }
    }

    private static Map<String, Object> results(List<Chase> chases, Reach reach) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put(
                "searches",
                chases.stream().flatMap(chase -> chase.rows().stream()).toList());
        results.put("mended", chases.stream().map(Chase::mendedRow).toList());
        results.put("reach", reach.results());
        return results;
    }
}
