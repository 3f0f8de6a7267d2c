package dev.foresail.predictor.trace;

import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Beginning;
import java.util.Optional;

/** The initial worlds of a model, made as far as they are asked for: there may be very many. Not thread-safe. */
final class FirstWorlds<S> {
    private final SystemModel<S> model;
    private Beginning<S> made;

    FirstWorlds(SystemModel<S> model) {
        this.model = model;
        this.made = ReferenceWorld.beginning(model, 1);
    }

    /**
     * The world with that number.
     *
     * @param number from 0; empty when there are fewer worlds
     */
    Optional<ReferenceWorld<S>> get(int number) {
        if (number >= made.worlds().size()) {
            made = ReferenceWorld.beginning(model, (int) Math.min(number + 1L, Integer.MAX_VALUE));
        }
        return number < made.worlds().size() ? Optional.of(made.worlds().get(number)) : Optional.empty();
    }

    /** What there is where a world that was asked for is not, for people. */
    String others() {
        if (!made.worlds().isEmpty()) {
            return "the initial worlds 0 to " + (made.worlds().size() - 1);
        }
        return "no initial world" + made.thrown().map(thrown -> ": " + thrown).orElse("");
    }
}
