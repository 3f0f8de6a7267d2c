package dev.foresail.predictor.trace;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.Optional;

/**
 * Says of one property whether a path violates it: a safety property in the world at its end, a liveness property in every
 * world up to its end. Told every world once, in order. Not thread-safe.
 */
final class Judge<S> {
    private final Machine<S> machine;
    private final String property;
    private final boolean isLiveness;
    private final Optional<PropertyDescription<S>> liveness;
    private boolean isViolated;
    private boolean hasHeld;

    Judge(SystemModel<S> model, String property, boolean isLiveness) {
        this.machine = model.machine();
        this.property = property;
        this.isLiveness = isLiveness;
        this.liveness = model.machine().properties().stream()
                .filter(each -> each.name().equals(property))
                .findFirst();
    }

    void begin(ReferenceWorld<S> world) {
        see(world);
    }

    void after(Taken<S> taken) {
        if (taken.thrown().isPresent()) {
            isViolated = property.equals(SystemModel.HANDLER_THREW);
        } else {
            see(taken.world());
        }
    }

    private void see(ReferenceWorld<S> world) {
        if (isLiveness) {
            hasHeld |= liveness.filter(each -> GuardedQuestions.of(machine, each, world.view()) == Verdict.HOLDS)
                    .isPresent();
            isViolated = !hasHeld;
        } else {
            isViolated = world.violatedProperties().contains(property);
        }
    }

    boolean isViolated() {
        return isViolated;
    }
}
