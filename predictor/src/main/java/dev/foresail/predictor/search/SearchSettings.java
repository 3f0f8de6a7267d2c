package dev.foresail.predictor.search;

/**
 * What is searched and how far. Immutable: each method gives a changed copy.
 *
 * @param workers how many threads expand worlds, at least 1; the result is the same for any number
 * @param maxDepth no path is longer than so many actions
 * @param maxWorlds the search ends once it has so many distinct worlds
 * @param maxNanos the search ends after so much time
 * @param maxHeapBytes the search ends when so much heap is in use after a collection
 * @param expansions consequence prediction: how often a local state has its internal actions expanded, at least 1
 * @param wideFingerprints 128 bits instead of 64
 * @param untilViolation whether the search ends with the round of worlds in which it finds the first violation
 * @param seed walks: of what is drawn
 * @param walks walks: how many
 * @param checksDeterminism whether every handler is run again for every local transition, and must do the same
 */
public record SearchSettings(
        SearchKind kind,
        int workers,
        int maxDepth,
        long maxWorlds,
        long maxNanos,
        long maxHeapBytes,
        int expansions,
        boolean wideFingerprints,
        boolean untilViolation,
        long seed,
        int walks,
        boolean checksDeterminism) {
    /** Exhaustive, one worker, no limits, ends at the first violation. */
    public static final SearchSettings DEFAULT = new SearchSettings(
            SearchKind.EXHAUSTIVE,
            1,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            1,
            false,
            true,
            1,
            1000,
            false);

    public SearchSettings {
        if (workers < 1 || maxDepth < 0 || maxWorlds < 1 || expansions < 1 || walks < 1) {
            throw new IllegalArgumentException(
                    "workers, worlds, expansions and walks are at least 1, depth at least 0");
        }
    }

    public SearchSettings withKind(SearchKind value) {
        Draft changed = new Draft(this);
        changed.kind = value;
        return changed.settings();
    }

    public SearchSettings withWorkers(int value) {
        Draft changed = new Draft(this);
        changed.workers = value;
        return changed.settings();
    }

    public SearchSettings withMaxDepth(int value) {
        Draft changed = new Draft(this);
        changed.maxDepth = value;
        return changed.settings();
    }

    public SearchSettings withMaxWorlds(long value) {
        Draft changed = new Draft(this);
        changed.maxWorlds = value;
        return changed.settings();
    }

    public SearchSettings withMaxNanos(long value) {
        Draft changed = new Draft(this);
        changed.maxNanos = value;
        return changed.settings();
    }

    public SearchSettings withMaxHeapBytes(long value) {
        Draft changed = new Draft(this);
        changed.maxHeapBytes = value;
        return changed.settings();
    }

    public SearchSettings withExpansions(int value) {
        Draft changed = new Draft(this);
        changed.expansions = value;
        return changed.settings();
    }

    public SearchSettings withWideFingerprints() {
        Draft changed = new Draft(this);
        changed.wideFingerprints = true;
        return changed.settings();
    }

    /** The search goes on after violations: every property's shortest path is reported. */
    public SearchSettings beyondViolations() {
        Draft changed = new Draft(this);
        changed.untilViolation = false;
        return changed.settings();
    }

    public SearchSettings withSeed(long value) {
        Draft changed = new Draft(this);
        changed.seed = value;
        return changed.settings();
    }

    public SearchSettings withWalks(int value) {
        Draft changed = new Draft(this);
        changed.walks = value;
        return changed.settings();
    }

    /**
     * Handlers are run twice and on a state that was read back, which takes several times as long; a difference ends the
     * search with a {@link dev.foresail.predictor.determinism.NonDeterminismException}. Local transitions that an earlier
     * search of the same explorer has met are not run again.
     */
    public SearchSettings checkingDeterminism() {
        Draft changed = new Draft(this);
        changed.checksDeterminism = true;
        return changed.settings();
    }

    /** Settings of which one is about to change. */
    private static final class Draft {
        private SearchKind kind;
        private int workers;
        private int maxDepth;
        private long maxWorlds;
        private long maxNanos;
        private long maxHeapBytes;
        private int expansions;
        private boolean wideFingerprints;
        private boolean untilViolation;
        private long seed;
        private int walks;
        private boolean checksDeterminism;

        Draft(SearchSettings from) {
            kind = from.kind;
            workers = from.workers;
            maxDepth = from.maxDepth;
            maxWorlds = from.maxWorlds;
            maxNanos = from.maxNanos;
            maxHeapBytes = from.maxHeapBytes;
            expansions = from.expansions;
            wideFingerprints = from.wideFingerprints;
            untilViolation = from.untilViolation;
            seed = from.seed;
            walks = from.walks;
            checksDeterminism = from.checksDeterminism;
        }

        SearchSettings settings() {
            return new SearchSettings(
                    kind,
                    workers,
                    maxDepth,
                    maxWorlds,
                    maxNanos,
                    maxHeapBytes,
                    expansions,
                    wideFingerprints,
                    untilViolation,
                    seed,
                    walks,
                    checksDeterminism);
        }
    }
}
