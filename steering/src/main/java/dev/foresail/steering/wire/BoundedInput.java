package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import dev.foresail.choice.NodeId;

/**
 * Reads one frame that is wholly in memory. Kryo's own input allocates as much as a hostile length asks for; this one
 * refuses every length that is greater than what is left of the frame. Not thread-safe.
 */
final class BoundedInput extends Input {
    int left() {
        return limit - position;
    }

    /** Reads a number of elements, of which each takes at least one byte. */
    int readCount() {
        return checked(readVarInt(true));
    }

    /** Reads a whole number that is at least 0. */
    long readNatural() {
        long value = readVarLong(true);
        if (value < 0) {
            throw new KryoException("expected a number of at least 0, got " + value);
        }
        return value;
    }

    NodeId readNodeId() {
        return NodeId.of(readNatural());
    }

    byte[] readBlock() {
        return readBytes(readCount());
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(checked(length));
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(checked(length));
    }

    @Override
    public String readString() {
        throw new KryoException("no frame has a string of Kryo's");
    }

    private int checked(int length) {
        if (length < 0 || length > left()) {
            throw new KryoException("a length of " + length + " with " + left() + " bytes left");
        }
        return length;
    }
}
