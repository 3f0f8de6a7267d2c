package dev.foresail.predictor.resolve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Basis;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Predicted values of alternatives as functions of features ({@link Features}); not decisions. Thread-safe.
 *
 * <p>An entry serves one decision unless the choice is repeatable: a decision that is remembered and repeated sends
 * everything the same way (measured in a model: a cached decision with a life of one second gives trees of 8 to 11 levels
 * instead of 5). Values that rest on an incomplete picture serve one decision in any case, so that better ones can replace
 * them.
 */
public final class ValueCache {
    private final Cache<Long, Entry> entries;
    private final LongSupplier clock;

    /**
     * @param size the most entries
     * @param life how long an entry is kept
     * @param clock nanoseconds of the node's own time
     */
    public ValueCache(int size, Duration life, LongSupplier clock) {
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(life)
                .ticker(clock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Predicted values and where they come from. */
    static final class Entry {
        final Evaluation evaluation;
        final long evidenceAtNanos;
        final long predictedAtNanos;
        final Optional<Event> predictedFor;
        final Basis basis;
        /** Made once: it is handed out on the critical path. */
        private final Optional<Entry> itself = Optional.of(this);
        /** Written on the node's thread only. */
        private boolean used;

        Entry(
                Evaluation evaluation,
                long evidenceAtNanos,
                long predictedAtNanos,
                Optional<Event> predictedFor,
                Basis basis) {
            this.predictedAtNanos = predictedAtNanos;
            this.basis = basis;
            this.evaluation = evaluation;
            this.evidenceAtNanos = evidenceAtNanos;
            this.predictedFor = predictedFor;
        }

        /** Whether it was predicted for this very event, which has waited for it. */
        boolean isPredictedFor(Event event) {
            return predictedFor.isPresent() && predictedFor.get() == event;
        }

        /** A decision rests on it. */
        void use() {
            used = true;
        }
    }

    /**
     * Remembers values.
     *
     * @param predictedFor the event that waits for them
     * @param basis what they rest on
     */
    Entry put(long features, Evaluation evaluation, Optional<Event> predictedFor, Basis basis) {
        long now = clock.getAsLong();
        Entry entry = new Entry(evaluation, now - basis.oldestNanos(), now, predictedFor, basis);
        entries.put(features, entry);
        return entry;
    }

    /**
     * Whether {@link #use} would find something that was predicted lately.
     *
     * @param mostNanos how long ago at most, for repeatable choices too
     */
    boolean isFresh(long features, boolean repeatable, long mostNanos) {
        Entry entry = entries.getIfPresent(features);
        return entry != null && ageNanos(entry) <= mostNanos && isUsable(entry, repeatable, mostNanos);
    }

    private boolean isUsable(Entry entry, boolean repeatable, long lifeNanos) {
        return repeatable ? !entry.used || entry.basis.isComplete() : !entry.used && ageNanos(entry) <= lifeNanos;
    }

    /**
     * The entry for a decision, which uses it up unless the choice is repeatable and the picture was complete.
     *
     * @param repeatable whether the choice is: then the last values go on until they are made anew
     * @param lifeNanos how long ago it may have been predicted otherwise
     */
    Optional<Entry> use(long features, boolean repeatable, long lifeNanos) {
        Entry entry = entries.getIfPresent(features);
        if (entry == null || !isUsable(entry, repeatable, lifeNanos)) {
            return Optional.empty();
        }
        entry.used = true;
        return entry.itself;
    }

    /** The entry for a look at what would be done, used up or not. */
    Optional<Entry> recall(long features) {
        return Optional.ofNullable(entries.getIfPresent(features));
    }

    /** The node's own time. */
    long nowNanos() {
        return clock.getAsLong();
    }

    long evidenceAgeNanos(Entry entry) {
        return clock.getAsLong() - entry.evidenceAtNanos;
    }

    /** How long ago the entry was predicted. */
    long ageNanos(Entry entry) {
        return clock.getAsLong() - entry.predictedAtNanos;
    }
}
