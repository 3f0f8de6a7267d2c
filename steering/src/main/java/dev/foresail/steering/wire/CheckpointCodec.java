package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.io.Output;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Checkpoint;

/**
 * Turns checkpoints into bytes that can be kept, and back, as frames have them and with the same limits: only the protocol's own types are
 * read, and hostile bytes cost memory in proportion to their own length. What the bytes mean changes with {@link
 * WireCodec#VERSION}. Not thread-safe.
 */
public final class CheckpointCodec<S> {
    private final CheckpointFrames<S> frames;
    private final BoundedInput input = new BoundedInput();
    private final Output output;
    private long nowNanos;

    /**
     * @param template a state whose configuration decoded states take over
     * @param maxBytes the longest checkpoint that is written
     */
    public CheckpointCodec(Machine<S> machine, S template, int maxBytes) {
        this.output = new Output(Math.min(256, maxBytes), maxBytes);
        this.frames = new CheckpointFrames<>(new ProtocolValues<>(machine, template), () -> nowNanos);
    }

    /**
     * @param takenNanos when the checkpoint was taken; what it knows of others is kept with its age at that time
     * @throws WireException when it is too long, or nested too deeply
     */
    public byte[] encode(Checkpoint<S> checkpoint, long takenNanos) throws WireException {
        output.reset();
        nowNanos = takenNanos;
        try {
            frames.write(output, checkpoint);
            return output.toBytes();
        } catch (RuntimeException | StackOverflowError failure) {
            throw new WireException("a checkpoint cannot be encoded: " + failure.getMessage(), failure);
        }
    }

    /**
     * @param takenNanos when it was taken, by the clock as it is now
     * @throws WireException when the bytes are anything but one whole checkpoint of this protocol
     */
    public Checkpoint<S> decode(byte[] bytes, long takenNanos) throws WireException {
        nowNanos = takenNanos;
        try {
            input.setBuffer(bytes);
            Checkpoint<S> checkpoint = frames.read(input);
            if (input.left() > 0) {
                throw new WireException(input.left() + " bytes too many after a checkpoint");
            }
            return checkpoint;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new WireException("a checkpoint cannot be decoded: " + failure.getMessage(), failure);
        }
    }
}
