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
    private final WatchedView view;
    private final boolean counting;
    private long[] met = new long[1024];
    private int metCount;
    private final List<Option> options = new ArrayList<>();
    private long transitions;
    private int longest;

    /**
     * @param steps the actions of a walk, at most
     * @param counting whether the worlds that are met are kept for {@link #drainMet}
     */
    Walker(WorldSpace space, int steps, boolean counting) {
        this.space = space;
        this.steps = steps;
        this.counting = counting;
        this.together = new VerdictMemo(space, space.questions()::violatedTogether);
        this.view = space.view();
        this.live = new VerdictMemo(space, view -> space.questions().isLive(view) ? 1 : 0);
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
     * @param violated the name of the property, safety or liveness; empty when it got live, or when nothing has to
     */
    record Walk(End end, List<Action> actions, String violated, String detail) {}

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

    /**
     * Walks on from a row.
     *
     * @param prefix how many actions of any kind come first, at most so many as a walk has
     */
    Walk walk(int[] start, int prefix, RandomStream random) {
        List<Action> actions = new ArrayList<>();
        int[] row = start.clone();
        int[] next = new int[row.length];
        while (true) {
            meet(space.fingerprint(row, 0));
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
            if (actions.size() >= steps) {
                return ended(End.TOO_LONG, row, actions);
            }
            Optional<Option> chosen = choose(row, free, random);
            if (chosen.isEmpty()) {
                return ended(End.STUCK, row, actions);
            }
            Option option = chosen.get();
            actions.add(space.action(option.slot, option.move));
            transitions++;
            if (option.move.threw) {
                return new Walk(
                        End.UNSAFE,
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

    /** Whatever ends a walk: it has got there when everything holds. */
    private Walk ended(End end, int[] row, List<Action> actions) {
        if (!space.questions().hasLiveness()) {
            return new Walk(end, actions, "", "");
        }
        return isLive(row)
                ? new Walk(End.LIVE, actions, "", "")
                : new Walk(end, actions, space.questions().firstNotLive(view.of(space.locals(row, 0))), "");
    }

    private long violated(int[] row) {
        long violated = space.violatedAlone(row, 0);
        return space.questions().hasTogether() ? violated | together.answer(row, 0) : violated;
    }

    private boolean isLive(int[] row) {
        return live.answer(row, 0) != 0;
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
            return space.allows(row, 0, slot, move);
        }
        boolean always = move.incremental && !space.questions().hasConstraints() && !space.hasTiming();
        return always
                || space.apply(row, 0, slot, move, scratch, 0)
                        && space.questions().isWithinConstraints(view.of(space.locals(scratch, 0)));
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
