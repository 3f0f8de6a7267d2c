package dev.foresail.predictor.log;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.node.StepListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells every step of a node, as closely as it is asked for. To compare states makes texts of whole states, for every event. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class StepLog<S> implements StepListener {
    private final Origin<S> origin;
    private final Numbers numbers;
    private final boolean comparesStates;
    private final Consumer<LoggedStep> told;
    private List<FieldValue> before = List.of();

    /**
     * Whose steps they are.
     *
     * @param state as it is when asked
     */
    public record Origin<S>(NodeId node, Machine<S> machine, Supplier<S> state) {}

    /** Tells events apart. */
    public interface Numbers {
        /** Of the event that is being handled, from 1. */
        long current();

        /** When it is handled, by the clock of who is told. */
        default long atNanos(long nodeNanos) {
            return nodeNanos;
        }

        /** Of the event in which the message was sent or the timer set; empty when it was none, or is not known. */
        Optional<Long> cause(Event event);
    }

    /** @param comparesStates whether it is told what steps change of the state */
    public StepLog(Origin<S> origin, Numbers numbers, boolean comparesStates, Consumer<LoggedStep> told) {
        this.origin = origin;
        this.numbers = numbers;
        this.comparesStates = comparesStates;
        this.told = told;
        if (comparesStates) {
            before = values();
        }
    }

    @Override
    public void ran(Event event, long atNanos, Alternative alternative, Step<?> step) {
        String handler = origin.machine().handlers().get(alternative.handler()).name();
        tell(event, atNanos, handler, LoggedStep.HANDLED, Effects.of(step));
    }

    @Override
    public void passed(Event event, long atNanos, Passing how) {
        tell(event, atNanos, "", how.label(), Effects.NONE);
    }

    private void tell(Event event, long atNanos, String handler, String outcome, Effects effects) {
        told.accept(new LoggedStep(
                origin.node(),
                numbers.current(),
                numbers.atNanos(atNanos),
                numbers.cause(event),
                event,
                origin.machine().kind(event),
                handler,
                outcome,
                effects,
                comparesStates ? changes() : List.of()));
    }

    private List<LoggedStep.Change> changes() {
        List<FieldValue> after = values();
        List<LoggedStep.Change> changes = LoggedStep.Change.between(before, after);
        before = after;
        return changes;
    }

    /** A state whose words cannot be made has none. */
    private List<FieldValue> values() {
        try {
            return origin.machine().values(origin.state().get());
        } catch (RuntimeException thrown) {
            return List.of();
        }
    }
}
