package dev.foresail.choice.machine;

import java.util.function.UnaryOperator;

/**
 * Makes messages that layers hand to each other so that nobody can change them, whosoever they are; which ones were made so lately in a
 * running event is remembered, so that they are not looked through again. Thread rule as for {@link Crossing}.
 */
public interface Handover extends UnaryOperator<Record> {
    /** Whether {@link #keep} was told of that very message lately; only then. */
    boolean isFrozen(Record message);

    /**
     * Remembers a message that nobody can change.
     *
     * @return the message
     */
    Record keep(Record frozen);

    /** Of a protocol that runs alone. */
    static Handover alone(Machine<?> machine) {
        return new Handover() {
            @Override
            public Record apply(Record message) {
                return (Record) machine.freeze(message);
            }

            @Override
            public boolean isFrozen(Record message) {
                return false;
            }

            @Override
            public Record keep(Record frozen) {
                return frozen;
            }
        };
    }
}
