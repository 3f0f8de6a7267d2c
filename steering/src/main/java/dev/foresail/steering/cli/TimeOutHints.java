package dev.foresail.steering.cli;

import dev.foresail.choice.machine.CascadingTimeOut;
import dev.foresail.choice.machine.Machine;
import java.util.List;

/** Tells of time-outs of a stack's layers that are shorter than those they rest on. */
final class TimeOutHints {
    private TimeOutHints() {}

    /** @param parameters of the nodes, in the order in which {@link Machine#create} takes them */
    static <S> void tell(Machine<S> machine, List<Object> parameters, Output output) {
        CascadingTimeOut.among(machine.timeOuts(machine.create(parameters)))
                .forEach(each -> output.hint("[FS533] " + each.text()));
    }
}
