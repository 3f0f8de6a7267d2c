package dev.foresail.predictor.explore;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.guardrail.ThrownText;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.Arrays;
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
    private final Untold untold = new Untold();
    private final Untold untoldLiveness = new Untold();
    private final WatchedView view;
    private final boolean counting;
    private long[] met = new long[1024];
    private int metCount;
    private final List<Option> options = new ArrayList<>();
    private long transitions;
    private int longest;
    private boolean refused;

    /**
     * @param steps the actions of a walk, at most
     * @param counting whether the worlds that are met are kept for {@link #drainMet}
     */
    Walker(WorldSpace space, int steps, boolean counting) {
        this.space = space;
        this.steps = steps;
        this.counting = counting;
        this.together = new VerdictMemo(space, view -> space.questions().violatedTogether(view, untold), false);
        this.view = space.view();
        this.live = new VerdictMemo(space, space.questions()::liveness, false);
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
        /** What can happen leads out of the constraints. */
        CUT,
        /** Nothing can be said of what has not come to hold. */
        UNTOLD,
        /** Something violates a safety property, or threw. */
        UNSAFE
    }

    /**
     * A walk.
     *
     * @param refused whether something could have happened on the way that leads out of the constraints
     * @param actions all of it
     * @param violated the name of the property, safety or liveness; empty when there is none
     */
    record Walk(End end, boolean refused, List<Action> actions, String violated, String detail) {
        /** Whether it has ended, and something that must come to hold did not. */
        boolean isLost() {
            return (end == End.STUCK || end == End.TOO_LONG) && !violated.isEmpty();
        }

        /** Whether it is not known that it would get live, nor that it would not. */
        boolean isUndecided() {
            return end == End.CUT || end == End.UNTOLD || refused && end != End.LIVE;
        }
    }

    /** Adds the fingerprints of the worlds met since the last time. */
    void drainMet(FingerprintSet into) {
        for (int index = 0; index < metCount; index++) {
            into.add(met[index], 0);
        }
        metCount = 0;
    }

    private void meet(long fingerprint) {
        if (counting) {
            if (metCount == met.length) {
                met = Arrays.copyOf(met, metCount * 2);
            }
            met[metCount++] = fingerprint;
        }
    }

    long transitions() {
        return transitions;
    }

    int longest() {
        return longest;
    }

    /** The safety properties of which nothing can be said in some world, a bit each. */
    long untold() {
        return untold.bits();
    }

    /** The liveness properties of which nothing can be said at the end of some walk, a bit each. */
    long untoldLiveness() {
        return untoldLiveness.bits();
    }

    /**
     * Walks on from a row.
     *
     * @param prefix how many actions of any kind come first, at most so many as a walk has
     */
    Walk walk(int[] start, int prefix, RandomStream random) {
        List<Action> actions = new ArrayList<>();
        int[] row = start.clone();
        int[] next = new int[row.length];
        long held = 0;
        boolean everRefused = false;
        while (true) {
            meet(space.fingerprint(row, 0));
            longest = Math.max(longest, actions.size());
            long unsafe = violated(row);
            if (unsafe != 0) {
                String name = space.questions().names().get(Long.numberOfTrailingZeros(unsafe));
                return new Walk(End.UNSAFE, everRefused, actions, name, "");
            }
            boolean free = actions.size() < prefix;
            if (!free && space.questions().hasLiveness()) {
                long said = live.answer(row, 0);
                if (space.questions().isLive(said)) {
                    return new Walk(End.LIVE, everRefused, actions, "", "");
                }
                // The others cannot be told: for all that is known, everything holds here.
                held |= Questions.notYet(said) == 0 ? Questions.held(said) : 0;
            }
            if (actions.size() >= steps) {
                return ended(End.TOO_LONG, everRefused, row, held, actions);
            }
            Optional<Option> chosen = choose(row, free, random);
            everRefused |= refused;
            if (chosen.isEmpty()) {
                return ended(refused ? End.CUT : End.STUCK, everRefused, row, held, actions);
            }
            Option option = chosen.get();
            actions.add(space.action(option.slot, option.move));
            transitions++;
            if (option.move.threw) {
                return new Walk(
                        End.UNSAFE,
                        everRefused,
                        actions,
                        SystemModel.HANDLER_THREW,
                        ThrownText.of(option.move.outcome.thrown().orElseThrow()));
            }
            space.apply(row, 0, option.slot, option.move, next, 0);
            int[] swap = row;
            row = next;
            next = swap;
        }
    }

    /**
     * Whatever ends a walk: it has got there when everything holds.
     *
     * @param held the liveness properties that have come to hold where all others could not be told
     */
    private Walk ended(End end, boolean everRefused, int[] row, long held, List<Action> actions) {
        if (!space.questions().hasLiveness()) {
            return new Walk(end, everRefused, actions, "", "");
        }
        long said = live.answer(row, 0);
        if (space.questions().isLive(said)) {
            return new Walk(End.LIVE, everRefused, actions, "", "");
        }
        untoldLiveness.addAll(space.questions().untoldLiveness(said));
        long lost = Questions.notYet(said) & ~held;
        if (end == End.CUT || lost == 0) {
            return new Walk(end == End.CUT ? end : End.UNTOLD, everRefused, actions, "", "");
        }
        String first = space.questions().livenessNames().get(Long.numberOfTrailingZeros(lost));
        return new Walk(end, everRefused, actions, first, "");
    }

    /** Whether the liveness property does not hold in that world, for certain. */
    boolean isNotYet(String liveness, int[] row) {
        int number = space.questions().livenessNames().indexOf(liveness);
        return (Questions.notYet(live.answer(row, 0)) >>> number & 1) != 0;
    }

    private long violated(int[] row) {
        long violated = space.violatedAlone(row, 0);
        return space.questions().hasTogether() ? violated | together.answer(row, 0) : violated;
    }

    private Optional<Option> choose(int[] row, boolean free, RandomStream random) {
        options.clear();
        refused = false;
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
            return space.allows(row, 0, slot, move);
        }
        boolean always = move.incremental && !space.questions().hasConstraints() && !space.hasTiming();
        if (always) {
            return true;
        }
        boolean possible = space.apply(row, 0, slot, move, scratch, 0);
        boolean within = possible && space.questions().isWithinConstraints(view.of(space.locals(scratch, 0)));
        refused |= possible && !within;
        return within;
    }

    private static int weight(Move.Kind kind) {
        return switch (kind) {
            case CALL -> CALL_WEIGHT;
            case DELIVERY, ANSWER, CONNECTION_ERROR -> DELIVERY_WEIGHT;
            case TIMER, RESTART -> TIMER_WEIGHT;
            case START, CRASH, SILENT_RESET, LOSS, BREAK -> 0;
        };
    }
}
