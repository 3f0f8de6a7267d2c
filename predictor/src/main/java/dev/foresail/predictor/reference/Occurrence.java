package dev.foresail.predictor.reference;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.SameAction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something that can happen in a world, before anything is decided in its course.
 *
 * @param action the action, given the decisions
 * @param taking what comes of it, given a script; may be run any number of times
 */
record Occurrence<S>(Function<List<Integer>, Action> action, Function<Decisions, ReferenceWorld.Taken<S>> taking) {
    /** Runs it with all decisions there are, in lexicographic order. */
    void enumerate(Consumer<ReferenceWorld.Transition<S>> consumer) {
        Optional<Decisions> run = Optional.of(Decisions.first());
        while (run.isPresent()) {
            Decisions decisions = run.get();
            ReferenceWorld.Taken<S> taken = taking.apply(decisions);
            Action taking = action.apply(decisions.taken());
            decisions.checkRepeated(taking);
            consumer.accept(new ReferenceWorld.Transition<>(taking, taken));
            run = decisions.following();
        }
    }

    boolean isThatOf(Machine<S> machine, Action wanted) {
        return SameAction.areSame(machine, action.apply(wanted.decisions()), wanted);
    }

    ReferenceWorld.Taken<S> replay(Action wanted) {
        Decisions decisions = Decisions.replay(wanted.decisions());
        ReferenceWorld.Taken<S> taken = taking.apply(decisions);
        decisions.checkReplayed(wanted);
        return taken;
    }

    /** Runs it once, with the decisions of the script that are possible, and else with the first outcome. */
    ReferenceWorld.Transition<S> leniently(List<Integer> script) {
        Decisions decisions = Decisions.replay(script);
        ReferenceWorld.Taken<S> taken = taking.apply(decisions);
        return new ReferenceWorld.Transition<>(action.apply(decisions.taken()), taken);
    }
}
