package dev.foresail.choice.stack;

import dev.foresail.choice.machine.Machine;
import java.util.List;

/**
 * What is known of the types of messages of a stack, by class. Immutable.
 *
 * <p>Idea: an open table by identity, as a message that goes through a stack is looked up some ten times.
 */
final class MessageTypes {
    /** Of the places of the table, at most one in so many is taken. */
    private static final int SPARSITY = 4;

    /**
     * What is known of one type.
     *
     * @param layer whose it is; -1 for nobody
     * @param isFrozen whether nobody can ever change a message of it, whatever is in it
     */
    record MessageType(Class<?> type, int layer, boolean isFrozen) {}

    private static final MessageType OF_NOBODY = new MessageType(Void.class, -1, false);

    private final MessageType[] table;

    MessageTypes(List<Machine<Object>> machines) {
        int count = machines.stream()
                .mapToInt(machine -> machine.messageTypes().size())
                .sum();
        this.table = new MessageType[Integer.highestOneBit(count * SPARSITY + 1) * 2];
        for (int layer = 0; layer < machines.size(); layer++) {
            Machine<Object> machine = machines.get(layer);
            for (int tag = 0; tag < machine.messageTypes().size(); tag++) {
                add(new MessageType(machine.messageTypes().get(tag), layer, machine.isFrozen(tag)));
            }
        }
    }

    private void add(MessageType added) {
        int at = place(added.type);
        while (table[at] != null) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = added;
    }

    private int place(Class<?> type) {
        return type.hashCode() & (table.length - 1);
    }

    /** What is known of that type; of one that is no layer's, that it is nobody's. */
    MessageType of(Class<?> type) {
        int at = place(type);
        MessageType found = table[at];
        while (found != null && found.type != type) {
            at = (at + 1) & (table.length - 1);
            found = table[at];
        }
        return found == null ? OF_NOBODY : found;
    }
}
