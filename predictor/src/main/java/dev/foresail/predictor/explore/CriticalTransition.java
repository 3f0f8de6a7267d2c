package dev.foresail.predictor.explore;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Finds the action of a walk after which it never gets live any more: the last nail (MaceMC, NSDI'07; its released
 * source, application/modelchecker). Not thread-safe.
 *
 * <p>A prefix of the walk is dead when {@value #TRIES} random walks from its end all fail to get live. A walk that is not
 * dead as a whole was only unlucky. Else the prefix is doubled as long as it is live, then halved in between. Dead prefixes
 * stay dead, but a live prefix may look dead by bad luck: then the transition is placed too early.
 */
final class CriticalTransition {
    static final int TRIES = 60;

    private final WorldSpace space;
    private final long seed;
    private final Walker walker;
    private final BooleanSupplier stopped;

    /** @param stopped whether there is no time left to look for it */
    CriticalTransition(WorldSpace space, long seed, int steps, BooleanSupplier stopped) {
        this.space = space;
        this.seed = seed;
        this.walker = new Walker(space, steps, false);
        this.stopped = stopped;
    }

    /**
     * The violation that the walk shows, cut after its critical transition, with a word on it; empty when the walk was
     * only unlucky, or when that cannot be told for want of time.
     *
     * @param walk from {@code start}, one that did not get live
     */
    Optional<Violation> locate(Beginnings.World start, Walker.Walk walk) {
        List<int[]> rows = rows(start.row(), walk.actions());
        int last = rows.size() - 1;
        if (walk.end() != Walker.End.STUCK && !isDead(rows, last)) {
            return Optional.empty();
        }
        int dead = firstDead(rows, last);
        boolean cut = !stopped.getAsBoolean();
        return Optional.of(new Violation(
                walk.violated(),
                true,
                start.number(),
                walk.actions().subList(0, cut ? dead : last),
                cut ? word(rows, walk.actions(), dead) : "there was no time to look for the critical action"));
    }

    private boolean isDead(List<int[]> rows, int place) {
        return liveFrom(rows, place).isEmpty() && !stopped.getAsBoolean();
    }

    /** The length of the shortest prefix that is dead. */
    private int firstDead(List<int[]> rows, int last) {
        if (liveFrom(rows, 0).isEmpty()) {
            return 0;
        }
        int live = 0;
        int dead = last;
        for (int step = 1; live + step < dead; step *= 2) {
            if (liveFrom(rows, live + step).isPresent()) {
                live += step;
            } else {
                dead = live + step;
            }
        }
        while (dead - live > 1) {
            int middle = live + (dead - live) / 2;
            if (liveFrom(rows, middle).isPresent()) {
                live = middle;
            } else {
                dead = middle;
            }
        }
        return dead;
    }

    private String word(List<int[]> rows, List<Action> actions, int dead) {
        if (dead == 0) {
            return TRIES + " walks from the beginning never got live";
        }
        int length = liveFrom(rows, dead - 1).map(List::size).orElse(0);
        return "action " + dead + " is critical: before it a walk of " + length
                + " actions gets live, after it none of " + TRIES + " did (" + actions.get(dead - 1) + ")";
    }

    /** The worlds of the walk. */
    private List<int[]> rows(int[] start, List<Action> actions) {
        List<int[]> rows = new ArrayList<>();
        int[] row = start;
        rows.add(row);
        for (Action action : actions) {
            row = space.after(row, action)
                    .orElseThrow(() -> new IllegalStateException("a walk does not go as it went: " + action));
            rows.add(row);
        }
        return rows;
    }

    /** A walk from that place that gets live; of a search that was stopped none. */
    private Optional<List<Action>> liveFrom(List<int[]> rows, int place) {
        for (int attempt = 0; attempt < TRIES && !stopped.getAsBoolean(); attempt++) {
            RandomStream random = RandomStream.of(seed, "critical transition", place, attempt);
            try {
                Walker.Walk walk = walker.walk(rows.get(place), 0, random);
                if (walk.end() == Walker.End.LIVE) {
                    return Optional.of(walk.actions());
                }
            } catch (SearchStoppedException inTheMiddle) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
