package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the canonical bytes of states, messages and aggregates: the same value gives the same bytes on every machine.
 * Whole numbers are variable-length zig-zag. All names of nodes go through {@link #writeNodeId}. Not thread-safe.
 */
public class StateWriter {
    private static final int MOST_LONG_BYTES = 10;

    private byte[] bytes = new byte[64];
    private int length;
    private Optional<Machine<?>> recordsOf = Optional.empty();

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeByte(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) value;
    }

    public void writeInt(int value) {
        writeLong(value);
    }

    public void writeLong(long value) {
        if (bytes.length - length < MOST_LONG_BYTES) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        byte[] into = bytes;
        int at = length;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            into[at++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        length = at;
    }

    /** Writes the bits; every NaN is the same. */
    public void writeDouble(double value) {
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            writeByte((int) (bits >>> shift));
        }
    }

    /** As UTF-8, which the JDK makes of Latin text with few instructions for many characters. */
    public void writeString(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public void writeShort(short value) {
        writeLong(value);
    }

    public void writeChar(char value) {
        writeLong(value);
    }

    /** Writes the bits; every NaN is the same. */
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    public void writeDuration(Duration value) {
        writeLong(value.getSeconds());
        writeInt(value.getNano());
    }

    public void writeUuid(UUID value) {
        writeLong(value.getMostSignificantBits());
        writeLong(value.getLeastSignificantBits());
    }

    /** Writes a number that {@link StateReader#readIndex} reads: at least 0. */
    public void writeIndex(int value) {
        writeLong(value);
    }

    public void writeNodeId(NodeId value) {
        writeLong(value.value());
    }

    /** Writes a number of elements, at least 0. */
    public void writeSize(int size) {
        writeLong(size);
    }

    public void writeBytes(byte[] value) {
        writeSize(value.length);
        makeRoom(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /**
     * Says whose messages {@link #writeRecord} writes from now on, unless somebody around it has said so already.
     *
     * @return whether nobody had: then the caller ends with {@link #leaveRecords}
     */
    public boolean enterRecords(Machine<?> machine) {
        if (recordsOf.isPresent()) {
            return false;
        }
        recordsOf = Optional.of(machine);
        return true;
    }

    /** Ends what {@link #enterRecords} has begun. */
    public void leaveRecords() {
        recordsOf = Optional.empty();
    }

    /**
     * Writes a message within a message or a state.
     *
     * @throws dev.foresail.choice.ProtocolException FS101 when no layer has such a message
     */
    public void writeRecord(Record value) {
        recordsOf
                .orElseThrow(() -> new IllegalStateException("nobody has said whose messages records are"))
                .writeMessage(value, this);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Empties the writer, which keeps its buffer. */
    public void reset() {
        length = 0;
        recordsOf = Optional.empty();
    }

    public int length() {
        return length;
    }

    /** A 64-bit fingerprint of what was written (FNV-1a with a final mix): the same on every machine. */
    public long fingerprint() {
        long hash = 0xcbf29ce484222325L;
        byte[] written = bytes;
        int end = length;
        for (int index = 0; index < end; index++) {
            hash = (hash ^ (written[index] & 0xFF)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
