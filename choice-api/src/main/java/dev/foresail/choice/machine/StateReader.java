package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads what {@link StateWriter} wrote. Safe on hostile bytes: no length may be greater than what is left, nesting is
 * bounded, and nothing is allocated before that is checked. Not thread-safe.
 *
 * <p>A subclass may put other node ids in the place of those that were written.
 */
public class StateReader {
    private static final int MAX_DEPTH = 64;

    private final byte[] bytes;
    private int position;
    private int depth;
    private Optional<Machine<?>> recordsOf = Optional.empty();

    public StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean readBoolean() {
        int value = readByte();
        if (value > 1) {
            throw new EncodingException("expected a boolean, got " + value);
        }
        return value == 1;
    }

    /** Reads a byte, 0 to 255. */
    public int readByte() {
        if (position >= bytes.length) {
            throw new EncodingException("truncated after " + bytes.length + " bytes");
        }
        return bytes[position++] & 0xFF;
    }

    public int readInt() {
        long value = readLong();
        if ((int) value != value) {
            throw new EncodingException("expected an int, got " + value);
        }
        return (int) value;
    }

    public long readLong() {
        long rest = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            rest |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new EncodingException("a whole number has more than ten bytes");
    }

    public double readDouble() {
        long bits = 0;
        for (int index = 0; index < 8; index++) {
            bits = bits << 8 | readByte();
        }
        return Double.longBitsToDouble(bits);
    }

    public String readString() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    public short readShort() {
        long value = readLong();
        if ((short) value != value) {
            throw new EncodingException("expected a short, got " + value);
        }
        return (short) value;
    }

    public char readChar() {
        long value = readLong();
        if ((char) value != value) {
            throw new EncodingException("expected a character, got " + value);
        }
        return (char) value;
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public Duration readDuration() {
        long seconds = readLong();
        return Duration.ofSeconds(seconds, readIndex(1_000_000_000));
    }

    public UUID readUuid() {
        long most = readLong();
        return new UUID(most, readLong());
    }

    /** Reads a number from 0 (inclusive) to {@code bound} (exclusive): an enum's ordinal or a tag. */
    public int readIndex(int bound) {
        long value = readLong();
        if (value < 0 || value >= bound) {
            throw new EncodingException("expected a number below " + bound + ", got " + value);
        }
        return (int) value;
    }

    public NodeId readNodeId() {
        long value = readLong();
        if (value < 0) {
            throw new EncodingException("expected a node id, got " + value);
        }
        return NodeId.of(value);
    }

    /** Reads a number of elements; each takes at least one byte, so it can't be more than what is left. */
    public int readSize() {
        long size = readLong();
        if (size < 0 || size > bytes.length - position) {
            throw new EncodingException("a size of " + size + " with " + (bytes.length - position) + " bytes left");
        }
        return (int) size;
    }

    public byte[] readBytes() {
        int size = readSize();
        position += size;
        return Arrays.copyOfRange(bytes, position - size, position);
    }

    /**
     * Says whose messages {@link #readRecord} reads from now on, unless somebody around it has said so already.
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

    /** Reads what {@link StateWriter#writeRecord} wrote. */
    public Record readRecord() {
        enter();
        Record value = (Record) recordsOf
                .orElseThrow(() -> new IllegalStateException("nobody has said whose messages records are"))
                .readMessage(this);
        leave();
        return value;
    }

    /** Called before a nested value is read, so that hostile nesting ends early. */
    public void enter() {
        if (++depth > MAX_DEPTH) {
            throw new EncodingException("nested deeper than " + MAX_DEPTH);
        }
    }

    /** Called after a nested value was read. */
    public void leave() {
        depth--;
    }

    /** Checks that everything was read. */
    public void expectEnd() {
        if (position != bytes.length) {
            throw new EncodingException((bytes.length - position) + " bytes too many");
        }
    }
}
