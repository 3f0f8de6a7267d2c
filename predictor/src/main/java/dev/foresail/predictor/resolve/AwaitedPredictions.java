package dev.foresail.predictor.resolve;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which predictions are under way, by their features, and who waits for each; and while those who have waited are resumed, what they have waited for. Used on
 * the node's thread only.
 *
 * <p>Where predictions are made on the calling thread, whoever is resumed may ask for another one, which is answered within this answer: the inner one
 * hides the outer one until it is over.
 */
final class AwaitedPredictions {
    private final Map<Long, List<Runnable>> waiting = new HashMap<>();
    private Optional<Answer> answer = Optional.empty();

    /** What a prediction came to, while it is handed over. */
    private static final class Answer {
        final List<Alternative> alternatives;
        final boolean isThere;
        Optional<ValueCache.Entry> left;

        Answer(List<Alternative> alternatives, Optional<ValueCache.Entry> made) {
            this.alternatives = alternatives;
            this.isThere = made.isPresent();
            this.left = made;
        }
    }

    boolean areNone() {
        return waiting.isEmpty();
    }

    boolean isUnderWay(long features) {
        return waiting.containsKey(features);
    }

    /** One was asked for, for which nobody waits yet. */
    void begin(long features) {
        waiting.put(features, new ArrayList<>());
    }

    /** It could not be asked for. */
    void abandon(long features) {
        waiting.remove(features);
    }

    /** Somebody waits for a prediction; never to be resumed when it is not under way any more. */
    void add(long features, Runnable resume) {
        List<Runnable> others = waiting.get(features);
        if (others != null) {
            others.add(resume);
        }
    }

    /** A prediction is over: it is not under way any more. Returns who waits for it. */
    List<Runnable> end(long features) {
        List<Runnable> ended = waiting.remove(features);
        return ended == null ? List.of() : ended;
    }

    /**
     * Resumes those who have waited.
     *
     * @param made what the prediction came to; empty when there is none to be had
     * @param alternatives that it weighs
     */
    void resume(List<Runnable> ended, List<Alternative> alternatives, Optional<ValueCache.Entry> made) {
        Optional<Answer> outer = answer;
        answer = Optional.of(new Answer(alternatives, made));
        try {
            ended.forEach(Runnable::run);
        } finally {
            answer = outer;
        }
    }

    /** Whether those are resumed for whom there is no prediction to be had. */
    boolean isGivingUp() {
        return answer.isPresent() && !answer.get().isThere;
    }

    /**
     * What an event that is resumed has waited for, once; empty when it has waited for something else. An event that may still do the same gets it whatever
     * the node has become meanwhile.
     */
    Optional<ValueCache.Entry> take(Event event, List<Alternative> alternatives) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Answer given = answer.get();
        Optional<ValueCache.Entry> made = given.left;
        boolean isForIt =
                made.isPresent() && made.get().isPredictedFor(event) && given.alternatives.equals(alternatives);
        if (!isForIt) {
            return Optional.empty();
        }
        given.left = Optional.empty();
        return made;
    }
}
