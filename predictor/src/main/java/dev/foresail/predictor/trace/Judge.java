package dev.foresail.predictor.trace;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.view.Verdicts;
import java.util.Optional;

/**
 * Says of one property whether a path violates it: a safety property in the world at its end; a liveness property when it
 * does not hold there for certain and has held in no world before. Told every world once, in order. Not thread-safe.
 */
final class Judge<S> {
    private final String property;
    private final boolean isLiveness;
    private final boolean isComplete;
    private final Optional<PropertyDescription<S>> declared;
    private Verdict verdict = Verdict.UNKNOWN;
    private boolean hasHeld;

    Judge(SystemModel<S> model, String property, boolean isLiveness) {
        this.property = property;
        this.isLiveness = isLiveness;
        this.isComplete = model.isComplete();
        this.declared = model.machine().properties().stream()
                .filter(each -> each.name().equals(property))
                .findFirst();
    }

    void begin(ReferenceWorld<S> world) {
        see(world);
    }

    void after(Taken<S> taken) {
        if (taken.thrown().isPresent()) {
            verdict = property.equals(SystemModel.HANDLER_THREW) ? Verdict.VIOLATED : Verdict.UNKNOWN;
        } else {
            see(taken.world());
        }
    }

    private void see(ReferenceWorld<S> world) {
        verdict = world.violatedProperties().contains(property) ? Verdict.VIOLATED : said(world);
        if (isLiveness) {
            hasHeld |= verdict == Verdict.HOLDS;
            verdict = hasHeld ? Verdict.HOLDS : verdict;
        }
    }

    /** Other properties than the declared ones can always be told. */
    private Verdict said(ReferenceWorld<S> world) {
        return declared.map(each -> Verdicts.of(each, world.view())).orElse(Verdict.HOLDS);
    }

    boolean isViolated() {
        return verdict == Verdict.VIOLATED;
    }

    /** What can be said after the path so far: of a part of a system nothing can be said to hold. */
    Verdict verdict() {
        return verdict == Verdict.HOLDS && !isComplete ? Verdict.UNKNOWN : verdict;
    }
}
