package dev.foresail.predictor.explore;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the action of a walk after which it never gets live any more: the last nail (MaceMC, NSDI'07; its released
 * source, application/modelchecker). Not thread-safe.
 *
 * <p>A prefix of the walk is dead when {@value #TRIES} random walks from its end all fail to get live. The prefix is
 * doubled as long as it is live, then halved in between. Dead prefixes stay dead, but a live prefix may look dead by bad
 * luck: then the transition is placed too early.
 */
final class CriticalTransition {
    static final int TRIES = 60;

    private final WorldSpace space;
    private final long seed;
    private final Walker walker;

    CriticalTransition(WorldSpace space, long seed, int steps) {
        this.space = space;
        this.seed = seed;
        this.walker = new Walker(space, steps);
    }

    /** The violation cut after its critical transition, with a word on it. */
    Violation locate(List<Beginnings.World> initial, Violation violation) {
        List<int[]> rows = initial.stream()
                .filter(world -> world.number() == violation.initialWorld())
                .flatMap(world -> rows(world.row(), violation.actions()).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a walk does not go as it went: " + violation));
        int dead = rows.size() - 1;
        int live = 0;
        if (liveFrom(rows, 0).isEmpty()) {
            dead = 0;
        }
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
        return new Violation(
                violation.property(),
                true,
                violation.initialWorld(),
                violation.actions().subList(0, dead),
                word(rows, violation.actions(), live, dead));
    }

    private String word(List<int[]> rows, List<Action> actions, int live, int dead) {
        if (dead == 0) {
            return TRIES + " walks from the beginning never got live";
        }
        int length = liveFrom(rows, live).map(List::size).orElse(0);
        return "action " + dead + " is critical: before it a walk of " + length
                + " actions gets live, after it none of " + TRIES + " did (" + actions.get(dead - 1) + ")";
    }

    /** The worlds of the walk; empty when it cannot begin like that. */
    private Optional<List<int[]>> rows(int[] start, List<Action> actions) {
        List<int[]> rows = new ArrayList<>();
        int[] row = start;
        rows.add(row);
        for (Action action : actions) {
            Optional<int[]> next = space.after(row, action);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            row = next.get();
            rows.add(row);
        }
        return Optional.of(rows);
    }

    /** A walk from that place that gets live. */
    private Optional<List<Action>> liveFrom(List<int[]> rows, int place) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            RandomStream random = RandomStream.of(seed, "critical transition", place, attempt);
            Walker.Walk walk = walker.walk(rows.get(place), 0, random);
            if (walk.end() == Walker.End.LIVE) {
                return Optional.of(walk.actions());
            }
        }
        return Optional.empty();
    }
}
