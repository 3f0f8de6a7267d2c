package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.zip.CRC32C;

/**
 * What one member of a partitioned run tells another one between windows: a checksum (CRC-32C, most significant byte first) and then everything else. Whatever was
 * cut off or changed on its way is not read. Not thread-safe.
 */
final class Letter {
    private Letter() {}

    /** An empty letter, in a writer that may have been used before. */
    static StateWriter begin(StateWriter writer) {
        writer.reset();
        for (int place = 0; place < Integer.BYTES; place++) {
            writer.writeByte(0);
        }
        return writer;
    }

    /** The bytes of what was written since {@link #begin}. */
    static byte[] end(StateWriter writer) {
        byte[] bytes = writer.toByteArray();
        int sum = checksum(bytes);
        for (int place = 0; place < Integer.BYTES; place++) {
            bytes[place] = (byte) (sum >>> Byte.SIZE * (Integer.BYTES - 1 - place));
        }
        return bytes;
    }

    /** @throws EncodingException when these are not the bytes that {@link #end} gave */
    static StateReader read(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        int sum = 0;
        for (int place = 0; place < Integer.BYTES; place++) {
            sum = sum << Byte.SIZE | in.readByte();
        }
        if (sum != checksum(bytes)) {
            throw new EncodingException("the checksum of its " + bytes.length + " bytes is wrong");
        }
        return in;
    }

    private static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, Integer.BYTES, bytes.length - Integer.BYTES);
        return (int) sum.getValue();
    }
}
