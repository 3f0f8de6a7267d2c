package dev.foresail.predictor.simulate;

import dev.foresail.choice.Sized;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;

/** How many bytes envelopes take on a network with queues. Keeps a buffer; not thread-safe. */
final class EnvelopeSizes<S> {
    /** Of TCP, IP and a frame; all there is of a request or a subscription. */
    static final long HEADER_BYTES = 64;

    /** A timer, or what a checkpoint says of a channel. */
    private static final long ENTRY_BYTES = 24;

    private final Machine<S> machine;
    private final StateWriter out = new StateWriter();

    EnvelopeSizes(Machine<S> machine) {
        this.machine = machine;
    }

    long bytes(Envelope envelope) {
        return HEADER_BYTES + contentBytes(envelope);
    }

    private long contentBytes(Envelope envelope) {
        if (envelope instanceof Envelope.Payload payload) {
            return messageBytes(payload.message());
        }
        if (envelope instanceof Envelope.CheckpointAnswer answer) {
            return checkpointBytes(answer.checkpoint());
        }
        if (envelope instanceof Envelope.StableFacts facts) {
            return stateBytes(facts.state());
        }
        if (envelope instanceof Envelope.AggregateExport export) {
            return ENTRY_BYTES * export.values().size();
        }
        return envelope instanceof Envelope.Advice advice ? advice.path().length() : 0;
    }

    /** What a message says of itself, else its canonical encoding. */
    private long messageBytes(Object message) {
        if (message instanceof Sized sized) {
            return Math.max(0, sized.bytes());
        }
        return encodedBytes(message);
    }

    /** Messages that are logged go as what they say, and not as what they stand for. */
    private long checkpointBytes(Checkpoint<?> checkpoint) {
        long bytes = stateBytes(checkpoint.state())
                + ENTRY_BYTES * checkpoint.timers().size();
        for (Checkpoint.ChannelCheckpoint channel : checkpoint.channels().values()) {
            bytes += ENTRY_BYTES * (1L + channel.log().size());
        }
        return bytes;
    }

    private long encodedBytes(Object message) {
        out.reset();
        machine.writeMessage(message, out);
        return out.length();
    }

    // The nodes of a simulation have states of one protocol.
    @SuppressWarnings("unchecked")
    private long stateBytes(Object state) {
        out.reset();
        machine.write((S) state, out);
        return out.length();
    }
}
