package dev.foresail.predictor.explore;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one walk after the other. Used by one thread at a time. */
final class Walker {
    // The weights of MaceMC's random walks (application/modelchecker), as far as there are such events here.
    private static final int CALL_WEIGHT = 40;
    private static final int DELIVERY_WEIGHT = 8;
    private static final int TIMER_WEIGHT = 1;

    private final WorldSpace space;
    private final int steps;
    private final VerdictMemo together;
    private final VerdictMemo live;
    private final FingerprintSet seen = new FingerprintSet(false);
    private final List<Option> options = new ArrayList<>();
    private long transitions;
    private int longest;

    Walker(WorldSpace space, int steps) {
        this.space = space;
        this.steps = steps;
        this.together = new VerdictMemo(space, space.questions()::violatedTogether);
        this.live = new VerdictMemo(space, locals -> space.questions().isLive(locals) ? 1 : 0);
    }

    /** A move that is possible now. */
    private record Option(int slot, Move move, int weight) {}

    /** How a walk ended. */
    enum End {
        /** Everything that must come to hold holds. */
        LIVE,
        /** Nothing can happen any more. */
        STUCK,
        TOO_LONG,
        /** Something violates a safety property, or threw. */
        UNSAFE
    }

    /**
     * A walk.
     *
     * @param actions all of it
     * @param violated the name of the property, safety or liveness; empty when it got live
     */
    record Walk(End end, List<Action> actions, String violated, String detail) {}

    /** The worlds met in all walks together that differ. */
    long distinctWorlds() {
        return seen.size();
    }

    long transitions() {
        return transitions;
    }

    int longest() {
        return longest;
    }

    /** Walks from an initial world; what it found, if anything. */
    Optional<Violation> walk(int[] start, int initialWorld, int prefix, RandomStream random) {
        Walk walk = walk(start, prefix, random);
        return switch (walk.end) {
            case LIVE -> Optional.empty();
            case UNSAFE -> Optional.of(new Violation(walk.violated, false, initialWorld, walk.actions, walk.detail));
            case STUCK, TOO_LONG ->
                space.questions().hasLiveness()
                        ? Optional.of(new Violation(walk.violated, true, initialWorld, walk.actions, ""))
                        : Optional.empty();
        };
    }

    /**
     * Walks on from a row.
     *
     * @param prefix how many actions of any kind come first
     */
    Walk walk(int[] start, int prefix, RandomStream random) {
        List<Action> actions = new ArrayList<>();
        int[] row = start.clone();
        int[] next = new int[row.length];
        while (true) {
            seen.add(space.fingerprint(row, 0), 0);
            longest = Math.max(longest, actions.size());
            long unsafe = violated(row);
            if (unsafe != 0) {
                String name = space.questions().names().get(Long.numberOfTrailingZeros(unsafe));
                return new Walk(End.UNSAFE, actions, name, "");
            }
            boolean free = actions.size() < prefix;
            if (!free && space.questions().hasLiveness() && isLive(row)) {
                return new Walk(End.LIVE, actions, "", "");
            }
            if (actions.size() >= prefix + steps) {
                return new Walk(End.TOO_LONG, actions, notLive(row), "");
            }
            Optional<Option> chosen = choose(row, free, random);
            if (chosen.isEmpty()) {
                return new Walk(End.STUCK, actions, notLive(row), "");
            }
            Option option = chosen.get();
            actions.add(space.action(option.slot, option.move));
            transitions++;
            if (option.move.threw) {
                return new Walk(
                        End.UNSAFE,
                        actions,
                        SystemModel.HANDLER_THREW,
                        Paths.describe(option.move.outcome.thrown().orElseThrow()));
            }
            space.apply(row, 0, option.slot, option.move, next, 0);
            int[] swap = row;
            row = next;
            next = swap;
        }
    }

    /** A liveness property that does not hold; empty when there is none. */
    private String notLive(int[] row) {
        return space.questions().hasLiveness() && !isLive(row)
                ? space.questions().firstNotLive(space.locals(row, 0))
                : "";
    }

    private long violated(int[] row) {
        long violated = space.violatedAlone(row, 0);
        return space.questions().hasTogether() ? violated | together.answer(space.seen(row, 0), row, 0) : violated;
    }

    private boolean isLive(int[] row) {
        return live.answer(space.seen(row, 0), row, 0) != 0;
    }

    private Optional<Option> choose(int[] row, boolean free, RandomStream random) {
        options.clear();
        int total = 0;
        int[] scratch = new int[row.length];
        for (int slot = 0; slot < space.nodes(); slot++) {
            for (Move move : space.moves(space.cell(slot, row[slot]))) {
                int weight = free ? 1 : weight(move.kind);
                if (weight > 0 && isPossible(row, slot, move, scratch)) {
                    options.add(new Option(slot, move, weight));
                    total += weight;
                }
            }
        }
        if (options.isEmpty()) {
            return Optional.empty();
        }
        int drawn = random.nextInt(total);
        int index = 0;
        while (drawn >= options.get(index).weight) {
            drawn -= options.get(index).weight;
            index++;
        }
        return Optional.of(options.get(index));
    }

    private boolean isPossible(int[] row, int slot, Move move, int[] scratch) {
        if (move.threw) {
            return space.isTimely(row, 0, slot, move);
        }
        boolean always = move.incremental && !space.questions().hasConstraints() && !space.hasTiming();
        return always
                || space.apply(row, 0, slot, move, scratch, 0)
                        && space.questions().isWithinConstraints(space.locals(scratch, 0));
    }

    private static int weight(Move.Kind kind) {
        return switch (kind) {
            case CALL -> CALL_WEIGHT;
            case DELIVERY, CONNECTION_ERROR -> DELIVERY_WEIGHT;
            case TIMER, RESTART -> TIMER_WEIGHT;
            case START, CRASH, SILENT_RESET, LOSS, BREAK -> 0;
        };
    }
}
