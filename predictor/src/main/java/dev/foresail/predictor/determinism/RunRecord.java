package dev.foresail.predictor.determinism;

import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Step;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/**
 * What came of one run of a handler, as texts that are equal when the effects are.
 *
 * @param state after the run
 * @param asked the decisions that it asked for, in order
 * @param thrown what it threw, "nothing" when it returned
 * @param sends receiver and message, in order
 */
record RunRecord<S>(
        S state, List<String> asked, String thrown, List<String> sends, List<String> timers, List<String> notes) {

    /** Runs the handler on the very state that is given. */
    static <S> RunRecord<S> of(Machine<S> machine, DoubleRun.Given<S> given, Alternative alternative) {
        List<String> asked = new ArrayList<>();
        Iterator<Integer> decisions = given.decisions().iterator();
        Step.Inputs<S> inputs = new Step.Inputs<>(
                given.state(),
                given.nowNanos(),
                given.armed(),
                given.channels(),
                bound -> {
                    asked.add("random(" + bound + ")");
                    return bound == 1 ? 0 : next(decisions, bound);
                },
                (name, candidates) -> {
                    asked.add(name + candidates);
                    return candidates.size() == 1 ? 0 : next(decisions, candidates.size());
                });
        Step<S> step = new Step<>(machine, given.self(), inputs);
        String thrown = "nothing";
        try {
            machine.run(given.state(), given.event(), alternative, step);
        } catch (RuntimeException failure) {
            thrown = failure.toString();
        }
        return new RunRecord<>(given.state(), asked, thrown, sends(machine, step), timers(step), step.notes());
    }

    private static int next(Iterator<Integer> decisions, int bound) {
        int decision = decisions.hasNext() ? decisions.next() : 0;
        if (decision < 0 || decision >= bound) {
            throw new IllegalArgumentException("a decision among " + bound + " cannot be " + decision);
        }
        return decision;
    }

    private static List<String> sends(Machine<?> machine, Step<?> step) {
        List<String> texts = new ArrayList<>();
        for (Step.Send send : step.sends()) {
            StateWriter out = new StateWriter();
            machine.writeMessage(send.message(), out);
            texts.add(
                    send.message() + " to " + send.to() + " [" + HexFormat.of().formatHex(out.toByteArray()) + "]");
        }
        return texts;
    }

    private static List<String> timers(Step<?> step) {
        List<String> texts = new ArrayList<>();
        step.timersSet().forEach((name, delayNanos) -> texts.add(name + " set to " + delayNanos + " ns"));
        step.timersCancelled().forEach(name -> texts.add(name + " cancelled"));
        return texts;
    }
}
