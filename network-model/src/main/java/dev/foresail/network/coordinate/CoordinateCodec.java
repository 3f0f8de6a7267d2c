package dev.foresail.network.coordinate;

import java.nio.ByteBuffer;

/**
 * A coordinate as bytes, for the header of a message: a version, the position, the height and the error, {@link #BYTES} bytes in
 * all, big-endian. Nothing is lost: what is read equals what was written. Stateless and thread-safe.
 */
public final class CoordinateCodec {
    /** The first byte of what is written. */
    public static final byte VERSION = 1;
    /** How many bytes a coordinate takes. */
    public static final int BYTES = 1 + (Coordinate.DIMENSIONS + 2) * Float.BYTES;

    private CoordinateCodec() {}

    /**
     * Writes {@link #BYTES} bytes at the buffer's position and moves it on.
     *
     * @throws java.nio.BufferOverflowException when there is no room for them
     */
    public static void write(Coordinate coordinate, ByteBuffer target) {
        target.put(VERSION);
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            target.putFloat(coordinate.position(dimension));
        }
        target.putFloat(coordinate.heightMillis()).putFloat(coordinate.error());
    }

    /** A new array with the coordinate's {@link #BYTES} bytes. */
    public static byte[] encode(Coordinate coordinate) {
        ByteBuffer target = ByteBuffer.allocate(BYTES);
        write(coordinate, target);
        return target.array();
    }

    /**
     * Reads {@link #BYTES} bytes at the buffer's position and moves it on; what comes from others may be anything.
     *
     * @throws CoordinateFormatException FS360 when they are too few, of another version, or no coordinate; the buffer's position
     *     is then undefined
     */
    public static Coordinate read(ByteBuffer source) {
        if (source.remaining() < BYTES) {
            throw new CoordinateFormatException("a coordinate has " + BYTES + " bytes, not " + source.remaining());
        }
        byte version = source.get();
        if (version != VERSION) {
            throw new CoordinateFormatException(
                    "a coordinate of version " + version + " cannot be read; expected version " + VERSION);
        }
        float[] position = new float[Coordinate.DIMENSIONS];
        for (int dimension = 0; dimension < Coordinate.DIMENSIONS; dimension++) {
            position[dimension] = source.getFloat();
        }
        float heightMillis = source.getFloat();
        float error = source.getFloat();
        String problem = Coordinate.problem(position, heightMillis, error);
        if (!problem.isEmpty()) {
            throw new CoordinateFormatException(problem);
        }
        return Coordinate.of(position, heightMillis, error);
    }

    /**
     * Reads an array that holds one coordinate and nothing else.
     *
     * @throws CoordinateFormatException FS360 when it does not
     */
    public static Coordinate decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new CoordinateFormatException("a coordinate has " + BYTES + " bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }
}
