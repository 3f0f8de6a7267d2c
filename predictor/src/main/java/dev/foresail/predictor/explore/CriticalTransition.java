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
 * <p>A prefix of the walk is dead when {@value #TRIES} random walks from its end all fail to get live; one that could have
 * gone where the constraints do not let it, or of whose end nothing can be said, has not failed. A walk that is not dead as
 * a whole was only unlucky. Else the prefix is doubled as long as it is live, then halved in between. Dead prefixes
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
     * @param walk from {@code start}, one that is lost
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
                walk.actions().subList(0, cut ? told(rows, dead, walk.violated()) : last),
                cut ? word(rows, walk.actions(), dead) : "there was no time to look for the critical action"));
    }

    private boolean isDead(List<int[]> rows, int place) {
        return allFail(rows, place) && !stopped.getAsBoolean();
    }

    /** A path ends where the property is seen not to hold; its last world is such a place. */
    private int told(List<int[]> rows, int dead, String property) {
        int place = dead;
        while (place < rows.size() - 1 && !walker.isNotYet(property, rows.get(place))) {
            place++;
        }
        return place;
    }

    /** The length of the shortest prefix that is dead. */
    private int firstDead(List<int[]> rows, int last) {
        if (allFail(rows, 0)) {
            return 0;
        }
        int live = 0;
        int dead = last;
        for (int step = 1; live + step < dead; step *= 2) {
            if (!allFail(rows, live + step)) {
                live += step;
            } else {
                dead = live + step;
            }
        }
        while (dead - live > 1) {
            int middle = live + (dead - live) / 2;
            if (!allFail(rows, middle)) {
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
        String before = liveFrom(rows, dead - 1)
                .map(live -> "a walk of " + live.size() + " actions gets live, after it none of " + TRIES + " did")
                .orElse("some walks have an end that tells nothing, after it none of " + TRIES
                        + " has and none gets live");
        return "action " + dead + " is critical: before it " + before + " (" + actions.get(dead - 1) + ")";
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

    /** Whether no walk from that place gets live, as far as there is time to try. */
    private boolean allFail(List<int[]> rows, int place) {
        try {
            for (int attempt = 0; attempt < TRIES && !stopped.getAsBoolean(); attempt++) {
                Walker.Walk walk = walk(rows, place, attempt);
                if (walk.end() == Walker.End.LIVE || walk.isUndecided()) {
                    return false;
                }
            }
        } catch (SearchStoppedException inTheMiddle) {
            return false;
        }
        return true;
    }

    private Walker.Walk walk(List<int[]> rows, int place, int attempt) {
        RandomStream random = RandomStream.of(seed, "critical transition", place, attempt);
        return walker.walk(rows.get(place), 0, random);
    }

    /** A walk from that place that gets live; of a search that was stopped none. */
    private Optional<List<Action>> liveFrom(List<int[]> rows, int place) {
        for (int attempt = 0; attempt < TRIES && !stopped.getAsBoolean(); attempt++) {
            try {
                Walker.Walk walk = walk(rows, place, attempt);
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
