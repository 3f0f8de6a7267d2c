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
        int walks) {
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
            1000);

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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                walks);
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
                value);
    }
}
