package dev.foresail.steering.live;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import java.util.List;

/** How many bytes messages and calls of a protocol would take that are in no frame. Not thread-safe. */
final class ObjectWeight<S> {
    /** Of what cannot be written. */
    static final int UNKNOWN_BYTES = 1 << 12;

    /** A writer that has grown beyond this is not kept. */
    private static final int MOST_KEPT_BYTES = 1 << 16;

    private final Machine<S> machine;
    private StateWriter writer = new StateWriter();

    ObjectWeight(Machine<S> machine) {
        this.machine = machine;
    }

    int ofMessage(Object message) {
        return weight(() -> machine.writeMessage(message, writer));
    }

    int ofCall(String name, List<Object> arguments) {
        return machine.writesCalls()
                ? weight(() -> machine.writeCall(new Event.Call(name, arguments), writer))
                : UNKNOWN_BYTES;
    }

    /** What cannot be written is told by whoever has to write it, and kept no less. */
    private int weight(Runnable writing) {
        int bytes;
        try {
            writing.run();
            bytes = writer.length();
        } catch (RuntimeException | StackOverflowError unwritable) {
            bytes = Math.max(UNKNOWN_BYTES, writer.length());
        }
        if (writer.length() > MOST_KEPT_BYTES) {
            writer = new StateWriter();
        } else {
            writer.reset();
        }
        return bytes;
    }
}
