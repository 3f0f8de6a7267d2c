package dev.foresail.predictor.resolve;

import dev.foresail.predictor.calibration.PastResiduals;
import dev.foresail.predictor.objective.Objective;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a node's choices are resolved.
 *
 * @param objective what predictions are to make best; needed by {@link Kind#PREDICTED}
 * @param maxRounds the most roll-outs per alternative in the mean, at least 2
 * @param cacheEntries the most entries of the value cache
 * @param cacheLife how long an entry is kept
 * @param script the indices that {@link Kind#SCRIPTED} takes, in order
 * @param wishes for choices of several, by the names of the choices
 * @param objectives for certain choices instead of {@code objective}, by the names of the choices ({@link ChoiceNames})
 * @param table values that were predicted before deployment
 * @param explore the share of decisions from known values that take another alternative than the best, in [0, 1]
 * @param experience how far off predictions were in earlier runs; decides nothing, but says how sure predictions are
 */
public record ResolverSettings(
        Kind kind,
        Optional<Objective> objective,
        int maxRounds,
        int cacheEntries,
        Duration cacheLife,
        List<Integer> script,
        SortedMap<String, SubsetWish> wishes,
        SortedMap<String, Objective> objectives,
        Optional<ValueTable> table,
        double explore,
        PastResiduals experience) {
    public ResolverSettings {
        script = List.copyOf(script);
        wishes = Collections.unmodifiableSortedMap(new TreeMap<>(wishes));
        objectives = Collections.unmodifiableSortedMap(new TreeMap<>(objectives));
        if (kind == Kind.PREDICTED && objective.isEmpty() && objectives.isEmpty()) {
            throw new IllegalArgumentException("the resolver 'predicted' needs an objective");
        }
        if (!(explore >= 0 && explore <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1, not " + explore);
        }
    }

    /** Without wishes, objectives for certain choices, a table, or exploration. */
    public ResolverSettings(
            Kind kind,
            Optional<Objective> objective,
            int maxRounds,
            int cacheEntries,
            Duration cacheLife,
            List<Integer> script) {
        this(
                kind,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                Collections.emptySortedMap(),
                Collections.emptySortedMap(),
                Optional.empty(),
                0,
                PastResiduals.NONE);
    }

    /** What a choice, by its full name, is to make best; empty when nothing is predicted for it. */
    public Optional<Objective> objectiveOf(String choice) {
        String name = PerChoiceResolver.nameOf(objectives.keySet(), choice);
        return kind != Kind.PREDICTED
                ? Optional.empty()
                : Optional.ofNullable(objectives.get(name)).or(() -> objective);
    }

    /** The same with these wishes. */
    public ResolverSettings withWishes(SortedMap<String, SubsetWish> others) {
        return new ResolverSettings(
                kind,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                others,
                objectives,
                table,
                explore,
                experience);
    }

    /** The same of another kind. */
    public ResolverSettings with(Kind other) {
        return new ResolverSettings(
                other,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                wishes,
                objectives,
                table,
                explore,
                experience);
    }

    /**
     * The same with these objectives.
     *
     * @param named for certain choices, by their names
     */
    public ResolverSettings with(Optional<Objective> general, SortedMap<String, Objective> named) {
        return new ResolverSettings(
                kind, general, maxRounds, cacheEntries, cacheLife, script, wishes, named, table, explore, experience);
    }

    /** The same with what was predicted before deployment. */
    public ResolverSettings with(ValueTable values) {
        return new ResolverSettings(
                kind,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                wishes,
                objectives,
                Optional.of(values),
                explore,
                experience);
    }

    /** The same that explores so much. */
    public ResolverSettings exploring(double share) {
        return new ResolverSettings(
                kind,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                wishes,
                objectives,
                table,
                share,
                experience);
    }

    /** The same with what is known of earlier predictions. */
    public ResolverSettings with(PastResiduals before) {
        return new ResolverSettings(
                kind,
                objective,
                maxRounds,
                cacheEntries,
                cacheLife,
                script,
                wishes,
                objectives,
                table,
                explore,
                before);
    }

    /** The resolvers, by the names that YAML and the command line use. */
    public enum Kind {
        RANDOM("random"),
        FIRST("first"),
        ROUND_ROBIN("round-robin"),
        SCRIPTED("scripted"),
        PREDICTED("predicted");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name in YAML and on the command line. */
        public String label() {
            return label;
        }
    }

    /** A resolver that predicts nothing. */
    public static ResolverSettings policy(Kind kind) {
        return new ResolverSettings(kind, Optional.empty(), 8, 10_000, Duration.ofMinutes(5), List.of());
    }

    /** The resolver {@code predicted} with its defaults. */
    public static ResolverSettings predicted(Objective objective) {
        return new ResolverSettings(
                Kind.PREDICTED, Optional.of(objective), 8, 10_000, Duration.ofMinutes(5), List.of());
    }
}
