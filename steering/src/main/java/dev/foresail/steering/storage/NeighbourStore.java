package dev.foresail.steering.storage;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.KnownCheckpoint;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.OneLine;
import dev.foresail.steering.wire.CheckpointCodec;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last checkpoints that a node knows of its neighbours in a file, which is there as a whole or not at all. What is
 * in the file is never needed: a file that cannot be used is put aside, and the node goes without it. Not thread-safe; its
 * methods block.
 *
 * @param <S> the protocol's state
 */
public final class NeighbourStore<S> {
    /** The longest file; of what does not go into it the oldest is left out. */
    public static final int QUOTA_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(NeighbourStore.class);
    private static final int MAGIC = 0x46534e31;
    /** What comes before and after the checkpoints, with room for the names. */
    private static final int FRAME_BYTES = 1024;
    /** What a checkpoint needs besides its bytes: its age and its length. */
    private static final int ENTRY_BYTES = 20;

    /** Some thirty years: what is older, a damaged file says. */
    private static final long MOST_MILLIS = 1L << 40;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path file;
    private final Machine<S> machine;
    private final NodeId self;
    private final CheckpointCodec<S> codec;
    private final int quotaBytes;

    /** @param quotaBytes the longest file, at least a few thousand */
    NeighbourStore(Path file, Machine<S> machine, NodeId self, S template, int quotaBytes) {
        this.file = file;
        this.machine = machine;
        this.self = self;
        this.quotaBytes = quotaBytes;
        this.codec = new CheckpointCodec<>(machine, template, quotaBytes);
    }

    /**
     * The one that goes with a node's file of durable state.
     *
     * @param template a state of its own, whose configuration decoded states take over
     */
    public static <S> NeighbourStore<S> besides(Path state, Machine<S> machine, NodeId self, S template) {
        return new NeighbourStore<>(
                state.resolveSibling(state.getFileName() + ".neighbours"), machine, self, template, QUOTA_BYTES);
    }

    // Compared by nobody.
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(long ageNanos, byte[] bytes) {}

    /**
     * Keeps these and no others: the youngest, as many as the quota has room for.
     *
     * @param nowNanos the node's clock when the checkpoints were as old as they say
     * @param epochMillis the time of day then
     * @throws NodeException FS346 when the file cannot be written
     */
    public void save(Collection<KnownCheckpoint<S>> known, long nowNanos, long epochMillis) {
        List<KnownCheckpoint<S>> youngestFirst = new ArrayList<>(known);
        youngestFirst.sort(Comparator.comparingLong(KnownCheckpoint::ageNanos));
        List<Entry> entries = new ArrayList<>();
        int left = quotaBytes - FRAME_BYTES;
        for (KnownCheckpoint<S> next : youngestFirst) {
            byte[] bytes;
            try {
                bytes = codec.encode(next.checkpoint(), nowNanos - next.ageNanos());
            } catch (WireException tooLong) {
                LOG.debug(
                        "{} of {} is not kept",
                        tooLong.getMessage(),
                        next.checkpoint().node());
                continue;
            }
            left -= bytes.length + ENTRY_BYTES;
            if (left < 0) {
                break;
            }
            entries.add(new Entry(next.ageNanos(), bytes));
        }
        write(encode(entries, epochMillis));
    }

    private byte[] encode(List<Entry> entries, long epochMillis) {
        StateWriter out = new StateWriter();
        out.writeInt(MAGIC);
        out.writeInt(WireCodec.VERSION);
        out.writeString(machine.protocol());
        out.writeLong(machine.schema());
        out.writeNodeId(self);
        out.writeLong(epochMillis);
        out.writeSize(entries.size());
        for (Entry entry : entries) {
            out.writeLong(entry.ageNanos());
            out.writeBytes(entry.bytes());
        }
        byte[] content = out.toByteArray();
        StateWriter whole = new StateWriter();
        whole.writeBytes(content);
        whole.writeLong(checksum(content));
        return whole.toByteArray();
    }

    /** Not forced to the disk: after a crash of the machine the checksum tells. */
    private void write(byte[] bytes) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(beside, bytes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new NodeException(
                    "FS346",
                    "cannot write the neighbours' checkpoints to " + file + ": " + failure
                            + "; a restarted node will not know them",
                    failure);
        }
    }

    /**
     * What is kept, with the ages that it has now; nothing when there is no file, or none that can be used: then it is put
     * aside, and logged (FS345).
     *
     * @param nowNanos the node's clock
     * @param epochMillis the time of day
     */
    public List<KnownCheckpoint<S>> load(long nowNanos, long epochMillis) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            long length = Files.size(file);
            if (length > quotaBytes) {
                throw new EncodingException("it has " + length + " bytes, at most " + quotaBytes + " are written");
            }
            return decode(Files.readAllBytes(file), nowNanos, epochMillis);
        } catch (EncodingException | WireException | IllegalArgumentException | IOException unusable) {
            LOG.warn(
                    "[FS345] the neighbours' checkpoints in {} cannot be used: {}; {}",
                    file,
                    OneLine.of(String.valueOf(unusable.getMessage()), LimitedLog.MAX_CHARACTERS),
                    putAside());
            return List.of();
        }
    }

    private String putAside() {
        Path aside = file.resolveSibling(file.getFileName() + ".unusable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return "the file is " + aside + " now, and the node starts without it";
        } catch (IOException failure) {
            return "the node starts without it";
        }
    }

    /** @throws WireException when a checkpoint is not one of this protocol; {@link EncodingException} for all else */
    List<KnownCheckpoint<S>> decode(byte[] bytes, long nowNanos, long epochMillis) throws WireException {
        StateReader whole = new StateReader(bytes);
        byte[] content = whole.readBytes();
        if (whole.readLong() != checksum(content)) {
            throw new EncodingException("the checksum is wrong");
        }
        whole.expectEnd();
        StateReader in = new StateReader(content);
        checkBelongs(in);
        long elapsedMillis = Math.min(MOST_MILLIS, Math.max(0, epochMillis - natural(in.readLong(), Long.MAX_VALUE)));
        List<KnownCheckpoint<S>> known = new ArrayList<>();
        for (int left = in.readSize(); left > 0; left--) {
            long ageNanos = natural(in.readLong(), MOST_MILLIS * NANOS_PER_MILLI) + elapsedMillis * NANOS_PER_MILLI;
            known.add(new KnownCheckpoint<>(codec.decode(in.readBytes(), nowNanos - ageNanos), ageNanos));
        }
        in.expectEnd();
        return known;
    }

    private static long natural(long value, long most) {
        if (value < 0 || value > most) {
            throw new EncodingException("a time of " + value);
        }
        return value;
    }

    private void checkBelongs(StateReader in) {
        if (in.readInt() != MAGIC) {
            throw new EncodingException("it is not a file of checkpoints");
        }
        int version = in.readInt();
        if (version != WireCodec.VERSION) {
            throw new EncodingException("it has version " + version + ", expected " + WireCodec.VERSION);
        }
        String protocol = in.readString();
        long schema = in.readLong();
        NodeId node = in.readNodeId();
        if (!protocol.equals(machine.protocol()) || schema != machine.schema() || !node.equals(self)) {
            throw new EncodingException(String.format(
                    "it is of %s of the protocol '%s' with schema %016x, not of %s of '%s' with %016x",
                    node, protocol, schema, self, machine.protocol(), machine.schema()));
        }
    }

    private static long checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }
}
