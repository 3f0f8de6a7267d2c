package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Bytes as the difference against others, in the zlib format (RFC 1950) with the others as its dictionary; the format names
 * the dictionary by a checksum and has one of the result. Whatever a hostile difference says costs at most
 * {@link #MOST_BYTES}. Not thread-safe.
 */
final class Differences {
    /** The longest value that is sent as a difference: what zlib can refer to in its window of 32 KiB. */
    static final int MOST_BYTES = 32_000;

    private final Deflater deflater = new Deflater();
    private final Inflater inflater = new Inflater();
    /** One byte more, so that the end of the longest value is seen. */
    private final byte[] scratch = new byte[MOST_BYTES + 1];

    /**
     * The difference of {@code value} against {@code base}; empty when it is not shorter than the value itself.
     *
     * @param base empty: against nothing
     */
    Optional<byte[]> between(byte[] base, byte[] value) {
        if (value.length > MOST_BYTES) {
            return Optional.empty();
        }
        deflater.reset();
        if (base.length > 0) {
            deflater.setDictionary(base);
        }
        deflater.setInput(value);
        deflater.finish();
        int length = deflater.deflate(scratch, 0, value.length);
        return deflater.finished() && length < value.length
                ? Optional.of(Arrays.copyOf(scratch, length))
                : Optional.empty();
    }

    /**
     * The value of a difference.
     *
     * @throws KryoException when it is none against {@code base}, or longer than {@link #MOST_BYTES}
     */
    byte[] applied(byte[] base, byte[] difference) {
        inflater.reset();
        inflater.setInput(difference);
        try {
            int length = inflater.inflate(scratch);
            if (length == 0 && inflater.needsDictionary()) {
                inflater.setDictionary(base);
                length = inflater.inflate(scratch);
            }
            if (!inflater.finished() || inflater.getRemaining() > 0 || length > MOST_BYTES) {
                throw new KryoException("a difference that is cut short, or of more than " + MOST_BYTES + " bytes");
            }
            return Arrays.copyOf(scratch, length);
        } catch (DataFormatException | IllegalArgumentException damaged) {
            throw new KryoException("no difference against the last checkpoint: " + damaged.getMessage(), damaged);
        }
    }
}
