package dev.foresail.predictor.trace;

import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.reference.ReferenceWorld.Taken;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says of one property whether a path violates it: a safety property in the world at its end; a liveness property when it
 * does not hold there for certain and has held in no world before. Told every world once, in order. Not thread-safe.
 */
final class Judge<S> {
    private final Machine<S> machine;
    private final String property;
    private final boolean isLiveness;
    private final boolean isComplete;
    private final Optional<PropertyDescription<S>> declared;
    private Verdict verdict = Verdict.UNKNOWN;
    private boolean hasHeld;

    Judge(SystemModel<S> model, String property, boolean isLiveness) {
        this.machine = model.machine();
        this.property = property;
        this.isLiveness = isLiveness;
        this.isComplete = model.isComplete();
        this.declared = model.machine().properties().stream()
                .filter(each -> each.name().equals(property))
                .findFirst();
    }

    /**
     * Demands that somebody asks for the property: without this one that is gone would be taken to hold.
     *
     * @throws TraceException FS259 when the model has none of that name and kind
     */
    static void requireKnown(SystemModel<?> model, String property, boolean isLiveness) {
        Set<String> safety = names(model, PropertyDescription.Kind.SAFETY);
        model.history()
                .ifPresent(observed -> safety.addAll(observed.properties().keySet()));
        safety.add(SystemModel.HANDLER_THREW);
        Set<String> liveness = names(model, PropertyDescription.Kind.LIVENESS);
        Set<String> wanted = isLiveness ? liveness : safety;
        if (wanted.contains(property)) {
            return;
        }
        String kind = isLiveness ? "liveness" : "safety";
        boolean isOfOtherKind = (isLiveness ? safety : liveness).contains(property);
        throw new TraceException(
                "FS259",
                "the trace is of the " + kind + " property '" + property + "', "
                        + (isOfOtherKind
                                ? "but '" + property + "' is a " + (isLiveness ? "safety" : "liveness")
                                        + " property now; record the trace anew"
                                : "which " + model.machine().protocol() + " does not have"
                                        + Nearest.hint(property, wanted)));
    }

    private static <S> Set<String> names(SystemModel<S> model, PropertyDescription.Kind kind) {
        Set<String> names = new TreeSet<>();
        for (PropertyDescription<S> property : model.machine().properties()) {
            if (property.kind() == kind) {
                names.add(property.name());
            }
        }
        return names;
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
        return declared.map(each -> GuardedQuestions.of(machine, each, world.view()))
                .orElse(Verdict.HOLDS);
    }

    boolean isViolated() {
        return verdict == Verdict.VIOLATED;
    }

    /** What can be said after the path so far: of a part of a system nothing can be said to hold. */
    Verdict verdict() {
        return verdict == Verdict.HOLDS && !isComplete ? Verdict.UNKNOWN : verdict;
    }
}
