package dev.foresail.steering.cluster;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what {@link MessageWriter} has written, in the same order. Of bytes that are something else every method throws
 * IllegalArgumentException, and reserves no more memory than there are bytes. On one thread.
 */
public final class MessageReader {
    private final ByteBuffer bytes;

    public MessageReader(byte[] message) {
        this.bytes = ByteBuffer.wrap(message);
    }

    private <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("the message is cut short", cut);
        }
    }

    public boolean flag() {
        return small() != 0;
    }

    public int small() {
        return read(bytes::get);
    }

    public int integer() {
        return read(bytes::getInt);
    }

    public long number() {
        return read(bytes::getLong);
    }

    public double real() {
        return read(bytes::getDouble);
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        byte[] value = new byte[length()];
        bytes.get(value);
        return value;
    }

    public <T> List<T> each(Supplier<T> reading) {
        int count = length();
        List<T> values = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            values.add(reading.get());
        }
        return values;
    }

    /** Of something whose parts take a byte at least. */
    private int length() {
        int length = integer();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("the message is cut short");
        }
        return length;
    }
}
