package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.simulate.queue.EventQueue;

/**
 * Outboxes as bytes, with messages as the protocol writes them: for parts that another process has. What is read is looked at before it is used: a message is
 * from a node of the part that has sent it, to a node of the part that gets it, and not due in the past. Not thread-safe.
 */
final class OutboxCodec<S> {
    private final PlainTables<S> tables;

    OutboxCodec(PlainTables<S> tables) {
        this.tables = tables;
    }

    /** Writes a box, which is empty then. */
    void write(Outbox box, StateWriter out) {
        int size = box.size();
        out.writeSize(size);
        long beforeNanos = 0;
        for (int entry = 0; entry < size; entry++) {
            long atNanos = box.atNanos(entry);
            out.writeLong(atNanos - beforeNanos);
            out.writeIndex(box.source(entry));
            out.writeIndex(box.place(entry));
            tables.machine.writeMessage(box.carried(entry), out);
            beforeNanos = atNanos;
        }
        box.clear();
    }

    /**
     * Reads a box and adds what is in it to another one.
     *
     * @param from the part that has sent it
     * @param to the part that gets it
     * @param notBeforeNanos nothing is due before
     * @throws RuntimeException when it is anything but that
     */
    void read(StateReader in, Outbox into, int from, int to, long notBeforeNanos) {
        long atNanos = 0;
        for (int left = in.readSize(); left > 0; left--) {
            atNanos = Math.addExact(atNanos, in.readLong());
            if (atNanos < notBeforeNanos || atNanos > EventQueue.LATEST_NANOS) {
                throw new EncodingException(
                        "a message is due at " + atNanos + " ns, when " + notBeforeNanos + " ns are over");
            }
            int source = nodeOf(in, from);
            into.add(atNanos, source, nodeOf(in, to), tables.machine.readMessage(in));
        }
    }

    private int nodeOf(StateReader in, int part) {
        int endpoint = in.readIndex(tables.size());
        if (tables.partOf(endpoint) != part || !tables.isUp(endpoint)) {
            throw new EncodingException("a message of part " + part + " is at " + tables.id(endpoint)
                    + ", which is not up or belongs to part " + tables.partOf(endpoint));
        }
        return endpoint;
    }
}
