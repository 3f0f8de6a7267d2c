package dev.foresail.steering.cluster;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;

/** Writes a message, to be read by {@link MessageReader} in the same order. On one thread. */
public final class MessageWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Writing {
        void run() throws IOException;
    }

    private MessageWriter write(Writing writing) {
        try {
            writing.run();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    public MessageWriter flag(boolean value) {
        return write(() -> out.writeBoolean(value));
    }

    /** A whole number from -128 to 127, in one byte. */
    public MessageWriter small(int value) {
        return write(() -> out.writeByte(value));
    }

    public MessageWriter integer(int value) {
        return write(() -> out.writeInt(value));
    }

    public MessageWriter number(long value) {
        return write(() -> out.writeLong(value));
    }

    /** Every bit of it, so that what is not a number stays so. */
    public MessageWriter real(double value) {
        return write(() -> out.writeDouble(value));
    }

    public MessageWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public MessageWriter bytes(byte[] value) {
        return write(() -> {
            out.writeInt(value.length);
            out.write(value);
        });
    }

    /** How many there are, and each. */
    public <T> MessageWriter each(Collection<T> values, Consumer<T> writing) {
        integer(values.size());
        values.forEach(writing);
        return this;
    }

    public byte[] message() {
        return bytes.toByteArray();
    }
}
