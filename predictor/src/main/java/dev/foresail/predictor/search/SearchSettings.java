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
 * @param untilViolation whether the search ends at the depth at which the first violation is found
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
        return new SearchSettings(
                value,
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

    public SearchSettings withWorkers(int value) {
        return new SearchSettings(
                kind,
                value,
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

    public SearchSettings withMaxDepth(int value) {
        return new SearchSettings(
                kind,
                workers,
                value,
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

    public SearchSettings withMaxWorlds(long value) {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                value,
                maxNanos,
                maxHeapBytes,
                expansions,
                wideFingerprints,
                untilViolation,
                seed,
                walks,
                checksDeterminism);
    }

    public SearchSettings withMaxNanos(long value) {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                maxWorlds,
                value,
                maxHeapBytes,
                expansions,
                wideFingerprints,
                untilViolation,
                seed,
                walks,
                checksDeterminism);
    }

    public SearchSettings withMaxHeapBytes(long value) {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                maxWorlds,
                maxNanos,
                value,
                expansions,
                wideFingerprints,
                untilViolation,
                seed,
                walks,
                checksDeterminism);
    }

    public SearchSettings withExpansions(int value) {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                maxWorlds,
                maxNanos,
                maxHeapBytes,
                value,
                wideFingerprints,
                untilViolation,
                seed,
                walks,
                checksDeterminism);
    }

    public SearchSettings withWideFingerprints() {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                maxWorlds,
                maxNanos,
                maxHeapBytes,
                expansions,
                true,
                untilViolation,
                seed,
                walks,
                checksDeterminism);
    }

    /** The search goes on after violations: every property's shortest path is reported. */
    public SearchSettings beyondViolations() {
        return new SearchSettings(
                kind,
                workers,
                maxDepth,
                maxWorlds,
                maxNanos,
                maxHeapBytes,
                expansions,
                wideFingerprints,
                false,
                seed,
                walks,
                checksDeterminism);
    }

    public SearchSettings withSeed(long value) {
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
                value,
                walks,
                checksDeterminism);
    }

    public SearchSettings withWalks(int value) {
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
                value,
                checksDeterminism);
    }

    /**
     * Handlers are run twice and on a state that was read back, which takes several times as long; a difference ends the
     * search with a {@link dev.foresail.predictor.determinism.NonDeterminismException}. Local transitions that an earlier
     * search of the same explorer has met are not run again.
     */
    public SearchSettings checkingDeterminism() {
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
                true);
    }
}
