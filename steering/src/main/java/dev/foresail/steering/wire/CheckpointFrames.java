package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.node.CallRate;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.PossiblyDelivered;
import dev.foresail.predictor.node.SentMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Writes and reads checkpoints. Clocks mean nothing across nodes, so the arrival of an export travels as its age. Not
 * thread-safe.
 */
final class CheckpointFrames<S> {
    private final ProtocolValues<S> values;
    private final LongSupplier clock;

    CheckpointFrames(ProtocolValues<S> values, LongSupplier clock) {
        this.values = values;
        this.clock = clock;
    }

    void write(Output output, Checkpoint<?> checkpoint) {
        output.writeVarLong(checkpoint.node().value(), true);
        output.writeVarLong(checkpoint.number(), true);
        output.writeVarLong(checkpoint.connections(), true);
        values.writeState(output, checkpoint.state());
        output.writeVarInt(checkpoint.timers().size(), true);
        checkpoint.timers().forEach((name, leftNanos) -> {
            output.writeVarInt(values.machine().timers().indexOf(name), true);
            output.writeVarLong(leftNanos, true);
        });
        output.writeVarInt(checkpoint.deferred().size(), true);
        for (Event.Delivery delivery : checkpoint.deferred()) {
            output.writeVarLong(delivery.from().value(), true);
            values.writeMessage(output, delivery.message());
        }
        output.writeVarInt(checkpoint.channels().size(), true);
        checkpoint.channels().forEach((peer, channel) -> {
            output.writeVarLong(peer.value(), true);
            writeChannel(output, channel);
        });
        writeCalls(output, checkpoint.calls());
    }

    private void writeCalls(Output output, List<CallRate> calls) {
        if (!values.machine().writesCalls()) {
            output.writeVarInt(0, true);
            return;
        }
        output.writeVarInt(calls.size(), true);
        for (CallRate rate : calls) {
            output.writeDouble(rate.perSecond());
            output.writeVarInt(rate.recent().size(), true);
            rate.recent().forEach(call -> values.writeCall(output, call));
        }
    }

    private List<CallRate> readCalls(BoundedInput input) {
        int most = values.machine().calls().size();
        int count = input.readCount();
        if (count > most) {
            throw new KryoException(count + " rates of calls of a protocol that has " + most);
        }
        Set<String> names = new HashSet<>();
        List<CallRate> rates = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            double perSecond = input.readDouble();
            List<Event.Call> recent = new ArrayList<>();
            for (int calls = input.readCount(); calls > 0; calls--) {
                recent.add(values.readCall(input));
            }
            try {
                rates.add(new CallRate(perSecond, recent));
            } catch (IllegalArgumentException impossible) {
                throw new KryoException("the rate of a call cannot be: " + impossible.getMessage(), impossible);
            }
            String name = rates.get(rates.size() - 1).name();
            if (!names.add(name)) {
                throw new KryoException("two rates of '" + name + "'");
            }
        }
        return rates;
    }

    private void writeChannel(Output output, Checkpoint.ChannelCheckpoint channel) {
        output.writeVarLong(channel.sent(), true);
        output.writeVarLong(channel.received(), true);
        output.writeVarLong(channel.connection(), true);
        output.writeVarLong(channel.peerConnection(), true);
        output.writeVarInt(channel.log().size(), true);
        for (SentMessage sent : channel.log()) {
            output.writeVarLong(sent.sequence(), true);
            values.writeMessage(output, sent.message());
        }
        output.writeVarInt(channel.possiblyDelivered().size(), true);
        for (PossiblyDelivered sent : channel.possiblyDelivered()) {
            output.writeVarLong(sent.connection(), true);
            output.writeVarLong(sent.sequence(), true);
            values.writeMessage(output, sent.message());
        }
        output.writeVarInt(channel.exported().size(), true);
        for (Exported exported : channel.exported()) {
            output.writeVarLong(exported.received(), true);
            values.writeAggregates(output, exported.values());
            output.writeVarLong(Math.max(0, clock.getAsLong() - exported.atNanos()), true);
        }
    }

    Checkpoint<S> read(BoundedInput input) {
        NodeId node = input.readNodeId();
        long number = input.readNatural();
        long connections = input.readNatural();
        S state = values.readState(input);
        SortedMap<String, Long> timers = readTimers(input);
        List<Event.Delivery> deferred = new ArrayList<>();
        for (int left = input.readCount(); left > 0; left--) {
            NodeId from = input.readNodeId();
            deferred.add(new Event.Delivery(from, values.readMessage(input)));
        }
        SortedMap<NodeId, Checkpoint.ChannelCheckpoint> channels = new TreeMap<>();
        for (int left = input.readCount(); left > 0; left--) {
            NodeId peer = input.readNodeId();
            channels.put(peer, readChannel(input));
        }
        return new Checkpoint<>(node, number, state, timers, deferred, channels, connections, readCalls(input));
    }

    private SortedMap<String, Long> readTimers(BoundedInput input) {
        List<String> names = values.machine().timers();
        SortedMap<String, Long> timers = new TreeMap<>();
        for (int left = input.readCount(); left > 0; left--) {
            int index = input.readVarInt(true);
            if (index < 0 || index >= names.size()) {
                throw new KryoException("timer " + index + " of a protocol that has " + names.size());
            }
            timers.put(names.get(index), input.readNatural());
        }
        return timers;
    }

    private Checkpoint.ChannelCheckpoint readChannel(BoundedInput input) {
        long sent = input.readNatural();
        long received = input.readNatural();
        long connection = input.readNatural();
        long peerConnection = input.readNatural();
        List<SentMessage> log = new ArrayList<>();
        for (int left = input.readCount(); left > 0; left--) {
            long sequence = input.readNatural();
            log.add(new SentMessage(sequence, values.readMessage(input)));
        }
        List<PossiblyDelivered> possible = new ArrayList<>();
        for (int left = input.readCount(); left > 0; left--) {
            long over = input.readNatural();
            long sequence = input.readNatural();
            possible.add(new PossiblyDelivered(over, sequence, values.readMessage(input)));
        }
        int exports = input.readCount();
        if (exports > 1) {
            throw new KryoException(exports + " exports of one peer, at most 1 is kept");
        }
        List<Exported> exported = new ArrayList<>(exports);
        if (exports == 1) {
            long seen = input.readNatural();
            List<Object> aggregates = values.readAggregates(input);
            exported.add(new Exported(seen, aggregates, clock.getAsLong() - input.readNatural()));
        }
        return new Checkpoint.ChannelCheckpoint(sent, received, log, exported, connection, peerConnection, possible);
    }
}
