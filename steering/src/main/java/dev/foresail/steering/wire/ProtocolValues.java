package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a protocol's messages, states and aggregates inside of frames, each as a block of canonical bytes with its
 * length. Not thread-safe.
 */
final class ProtocolValues<S> {
    private final Machine<S> machine;
    private final S template;
    private final StateWriter writer = new StateWriter();

    /** @param template a state whose configuration decoded states take over */
    ProtocolValues(Machine<S> machine, S template) {
        this.machine = machine;
        this.template = template;
    }

    Machine<S> machine() {
        return machine;
    }

    void writeMessage(Output output, Object message) {
        writer.reset();
        machine.writeMessage(message, writer);
        writeBlock(output);
    }

    Object readMessage(BoundedInput input) {
        StateReader reader = new StateReader(input.readBlock());
        Object message = machine.readMessage(reader);
        reader.expectEnd();
        return message;
    }

    void writeCall(Output output, Event.Call call) {
        writer.reset();
        machine.writeCall(call, writer);
        writeBlock(output);
    }

    /** @throws KryoException when the protocol's calls cannot be read */
    Event.Call readCall(BoundedInput input) {
        StateReader reader = new StateReader(input.readBlock());
        if (!machine.writesCalls()) {
            throw new KryoException("a call of a protocol whose calls cannot be read");
        }
        Event.Call call = machine.readCall(reader);
        reader.expectEnd();
        return call;
    }

    void writeState(Output output, Object state) {
        writer.reset();
        machine.write(machine.stateType().cast(state), writer);
        writeBlock(output);
    }

    S readState(BoundedInput input) {
        StateReader reader = new StateReader(input.readBlock());
        S state = machine.read(reader, template);
        reader.expectEnd();
        return state;
    }

    void writeStable(Output output, Object state) {
        writer.reset();
        machine.writeStable(machine.stateType().cast(state), writer);
        writeBlock(output);
    }

    S readStable(BoundedInput input) {
        StateReader reader = new StateReader(input.readBlock());
        S state = machine.readStable(reader, template);
        reader.expectEnd();
        return state;
    }

    void writeAggregates(Output output, List<Object> values) {
        List<AggregateDescription<S, ?>> aggregates = machine.aggregates();
        checkCount(aggregates.size(), values.size());
        output.writeVarInt(values.size(), true);
        for (int index = 0; index < values.size(); index++) {
            writer.reset();
            writeAggregate(aggregates.get(index), values.get(index));
            writeBlock(output);
        }
    }

    @SuppressWarnings("unchecked")
    private <V> void writeAggregate(AggregateDescription<S, V> aggregate, Object value) {
        aggregate.write((V) value, writer);
    }

    List<Object> readAggregates(BoundedInput input) {
        int count = input.readCount();
        List<AggregateDescription<S, ?>> aggregates = machine.aggregates();
        checkCount(aggregates.size(), count);
        List<Object> values = new ArrayList<>(count);
        for (AggregateDescription<S, ?> aggregate : aggregates) {
            StateReader reader = new StateReader(input.readBlock());
            values.add(aggregate.read(reader));
            reader.expectEnd();
        }
        return values;
    }

    private static void checkCount(int expected, int actual) {
        if (expected != actual) {
            throw new KryoException(actual + " aggregates where the protocol has " + expected);
        }
    }

    private void writeBlock(Output output) {
        byte[] block = writer.toByteArray();
        output.writeVarInt(block.length, true);
        output.writeBytes(block);
    }
}
