package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.path.PathTag;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Turns envelopes into frames and back. Nothing is read that is not a registered type, no class is looked up by a name
 * from the wire, and a hostile frame costs memory in proportion to its own length. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class WireCodec<S> {
    /** Raised whenever the meaning of a frame changes. */
    public static final int VERSION = 8;

    private static final int FIRST_ID = 16;
    private static final int MAX_DEPTH = 64;

    private final Kryo kryo = new Kryo(new NamelessClassResolver(), null);
    private final BoundedInput input = new BoundedInput();
    private final Output output;
    private final ProtocolValues<S> values;
    private final CheckpointFrames<S> checkpoints;
    private final CheckpointTraffic traffic;
    private final Differences differences = new Differences();
    /** One checkpoint, before it becomes part of a frame. */
    private final Output checkpointOutput;

    private final BoundedInput checkpointInput = new BoundedInput();
    /** Of the link whose frame is being written or read. */
    private LinkMemory memory = new LinkMemory();
    /** The checkpoint in that frame, to be remembered when the whole frame is right. */
    private Optional<byte[]> checkpoint = Optional.empty();

    private int nextId = FIRST_ID;

    /**
     * @param template a state whose configuration decoded states take over
     * @param clock the node's monotonic time in nanoseconds
     * @param maxFrameBytes the longest frame that is written
     */
    public WireCodec(Machine<S> machine, S template, LongSupplier clock, int maxFrameBytes) {
        this(machine, template, clock, maxFrameBytes, new CheckpointTraffic());
    }

    /**
     * @param template a state whose configuration decoded states take over
     * @param clock the node's monotonic time in nanoseconds
     * @param maxFrameBytes the longest frame that is written
     * @param traffic where checkpoints are counted
     */
    public WireCodec(Machine<S> machine, S template, LongSupplier clock, int maxFrameBytes, CheckpointTraffic traffic) {
        this.traffic = traffic;
        this.checkpointOutput = new Output(Math.min(256, maxFrameBytes), maxFrameBytes);
        this.values = new ProtocolValues<>(machine, template);
        this.checkpoints = new CheckpointFrames<>(values, clock);
        this.output = new Output(Math.min(256, maxFrameBytes), maxFrameBytes);
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(MAX_DEPTH);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy());
        registerAll();
    }

    private void registerAll() {
        register(Envelope.Payload.class, this::writePayload, this::readPayload);
        register(
                Envelope.CheckpointRequest.class,
                (out, request) -> out.writeVarLong(request.number(), true),
                in -> new Envelope.CheckpointRequest(in.readNatural()));
        register(Envelope.CheckpointAnswer.class, this::writeAnswer, this::readAnswer);
        register(
                Envelope.CheckpointRefused.class,
                (out, refused) -> {
                    out.writeVarLong(refused.requested(), true);
                    out.writeVarLong(refused.current(), true);
                },
                in -> new Envelope.CheckpointRefused(in.readNatural(), in.readNatural()));
        register(Envelope.Subscribe.class, (out, subscribe) -> {}, in -> new Envelope.Subscribe());
        register(Envelope.Unsubscribe.class, (out, unsubscribe) -> {}, in -> new Envelope.Unsubscribe());
        register(
                Envelope.AggregateExport.class,
                (out, export) -> {
                    out.writeVarLong(export.received(), true);
                    values.writeAggregates(out, export.values());
                },
                in -> new Envelope.AggregateExport(in.readNatural(), values.readAggregates(in)));
        register(
                Envelope.StableFacts.class,
                (out, facts) -> {
                    out.writeVarLong(facts.node().value(), true);
                    values.writeStable(out, facts.state());
                },
                in -> new Envelope.StableFacts(in.readNodeId(), values.readStable(in)));
        register(
                Envelope.Advice.class,
                (out, advice) -> out.writeBytes(advice.path().getBytes(StandardCharsets.UTF_8)),
                in -> new Envelope.Advice(new String(in.readBytes(in.left()), StandardCharsets.UTF_8)));
        register(FollowedPayload.class, this::writeFollowed, this::readFollowed);
    }

    private <T> void register(Class<T> type, BiConsumer<Output, T> writing, Function<BoundedInput, T> reading) {
        kryo.register(type, new FrameSerializer<>(writing, reading), nextId++);
    }

    private void writePayload(Output out, Envelope.Payload payload) {
        out.writeVarLong(payload.sequence(), true);
        if (payload.sequence() == 1) {
            out.writeVarLong(payload.connection(), true);
        }
        out.writeVarLong(payload.checkpointNumber(), true);
        values.writeMessage(out, payload.message());
    }

    private Envelope.Payload readPayload(BoundedInput in) {
        long sequence = in.readNatural();
        long connection = sequence == 1 ? in.readNatural() : 0;
        return new Envelope.Payload(sequence, connection, in.readNatural(), values.readMessage(in));
    }

    private void writeFollowed(Output out, FollowedPayload followed) {
        FollowedPayload.writeTag(out, followed.payload().path().orElseThrow());
        writePayload(out, followed.payload());
    }

    private FollowedPayload readFollowed(BoundedInput in) {
        PathTag tag = FollowedPayload.readTag(in);
        return FollowedPayload.of(readPayload(in), tag);
    }

    private void writeAnswer(Output out, Envelope.CheckpointAnswer answer) {
        out.writeVarLong(answer.requested(), true);
        checkpointOutput.reset();
        checkpoints.write(checkpointOutput, answer.checkpoint());
        byte[] whole = checkpointOutput.toBytes();
        checkpoint = Optional.of(whole);
        Optional<byte[]> difference = differences.between(memory.sent(), whole);
        out.writeBoolean(difference.isPresent());
        out.writeBytes(difference.orElse(whole));
        difference.ifPresent(shorter -> traffic.difference(whole.length - shorter.length));
    }

    private Envelope.CheckpointAnswer readAnswer(BoundedInput in) {
        long requested = in.readNatural();
        boolean isDifference = in.readBoolean();
        byte[] rest = in.readBytes(in.left());
        byte[] whole = isDifference ? differences.applied(memory.received(), rest) : rest;
        checkpoint = Optional.of(whole);
        checkpointInput.setBuffer(whole);
        Checkpoint<S> read = checkpoints.read(checkpointInput);
        if (checkpointInput.left() > 0) {
            throw new KryoException(checkpointInput.left() + " bytes too many after a checkpoint");
        }
        return new Envelope.CheckpointAnswer(requested, read);
    }

    /**
     * The frame of {@code envelope} on a link of which nothing is remembered.
     *
     * @throws WireException when it is longer than the longest frame, or nested too deeply to be written
     */
    public byte[] encode(Envelope envelope) throws WireException {
        return encode(envelope, new LinkMemory());
    }

    /**
     * The frame of {@code envelope}, without its length, to be sent next over the link.
     *
     * @throws WireException when it is longer than the longest frame; it must not be sent then
     */
    public byte[] encode(Envelope envelope, LinkMemory link) throws WireException {
        output.reset();
        memory = link;
        checkpoint = Optional.empty();
        try {
            boolean isFollowed = envelope instanceof Envelope.Payload payload
                    && payload.path().isPresent();
            kryo.writeClassAndObject(output, isFollowed ? new FollowedPayload((Envelope.Payload) envelope) : envelope);
            byte[] frame = output.toBytes();
            checkpoint.ifPresent(link::sent);
            return frame;
        } catch (RuntimeException failure) {
            kryo.reset();
            throw new WireException(
                    envelope.getClass().getSimpleName() + " cannot be encoded: " + failure.getMessage(), failure);
        } catch (StackOverflowError tooDeep) {
            kryo.reset();
            throw new WireException(
                    envelope.getClass().getSimpleName() + " cannot be encoded: it is nested too deeply", tooDeep);
        }
    }

    private static boolean isFramed(Class<?> type) {
        return Envelope.class.isAssignableFrom(type) || type == FollowedPayload.class;
    }

    /**
     * Reads a frame of a link of which nothing is remembered.
     *
     * @throws WireException when it is anything but one whole envelope of this protocol
     */
    public Envelope decode(byte[] frame) throws WireException {
        return decode(frame, new LinkMemory());
    }

    /**
     * Reads the next frame of a link.
     *
     * @throws WireException when it is anything but one whole envelope of this protocol
     */
    public Envelope decode(byte[] frame, LinkMemory link) throws WireException {
        memory = link;
        checkpoint = Optional.empty();
        try {
            input.setBuffer(frame);
            Registration registration = kryo.readClass(input);
            if (registration == null || !isFramed(registration.getType())) {
                throw new WireException("the frame's type is no envelope");
            }
            Class<?> type = registration.getType();
            Object read = kryo.readObject(input, type);
            Envelope envelope = read instanceof FollowedPayload followed ? followed.payload() : (Envelope) read;
            if (input.left() > 0) {
                throw new WireException(input.left() + " bytes too many");
            }
            checkpoint.ifPresent(link::received);
            if (envelope.isOfCheckpoints()) {
                traffic.received(Integer.BYTES + frame.length);
            }
            return envelope;
        } catch (RuntimeException | StackOverflowError failure) {
            throw new WireException("the frame cannot be decoded: " + failure.getMessage(), failure);
        } finally {
            kryo.reset();
        }
    }
}
