package dev.foresail.predictor.foresight;

import dev.foresail.predictor.lookahead.Prediction;
import java.util.List;
import java.util.Optional;

/**
 * What a look into the future has found.
 *
 * @param dangers paths to violations, those that were known first
 * @param possible paths to violations of other properties on which nodes of which nothing is known answer as others did:
 *     there may be such a way, and nobody leaves it
 * @param refused hints that are of no use
 * @param worlds how many worlds were explored in all
 * @param depth the length of the longest path that was explored
 * @param failure what ended the look early: a property threw, or did not return
 */
public record Foreseen(
        List<Danger> dangers,
        List<Danger> possible,
        List<Refused> refused,
        long worlds,
        int depth,
        Optional<RuntimeException> failure)
        implements Prediction {
    public Foreseen {
        dangers = List.copyOf(dangers);
        possible = List.copyOf(possible);
        refused = List.copyOf(refused);
    }

    /**
     * A hint that cannot be gone along.
     *
     * @param reason with the code of the mistake where it has one
     */
    public record Refused(BadPath hint, String reason) {}

    /** Whether it has ended before anything was explored: nothing is said then, not even that there is nothing to fear. */
    public boolean isInVain() {
        return failure.isPresent() && worlds == 0;
    }

    static Foreseen failed(RuntimeException failure) {
        return new Foreseen(List.of(), List.of(), List.of(), 0, 0, Optional.of(failure));
    }
}
