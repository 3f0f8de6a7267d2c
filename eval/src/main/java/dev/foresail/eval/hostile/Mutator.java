package dev.foresail.eval.hostile;

import dev.foresail.network.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Makes wrong bytes of right ones: the same seed, the same bytes. Not thread-safe. */
final class Mutator {
    /** Classes that nobody registered; their names are planted into the bytes. */
    static final List<String> BAIT =
            List.of("dev.foresail.eval.hostile.Bait", "java.io.File", "javax.script.ScriptEngineManager");

    private static final int LONGEST = 16 << 10;
    private static final int KINDS = 7;

    private final RandomStream random;
    private final List<byte[]> corpus;

    /** @param corpus right bytes, each of at least one byte */
    Mutator(List<byte[]> corpus, RandomStream random) {
        this.corpus = corpus.stream().map(byte[]::clone).toList();
        this.random = random;
    }

    /** The next wrong bytes, at most 16 KiB; now and then they are right by chance. */
    byte[] next() {
        byte[] bytes = any().clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] changed(byte[] bytes) {
        int place = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(KINDS)) {
            case 0 -> spliced(bytes, place, noise(1 + random.nextInt(8)), place);
            case 1 -> Arrays.copyOf(bytes, place);
            case 2 -> spliced(bytes, place, any(), random.nextInt(bytes.length + 1));
            case 3 -> repeated(bytes, place);
            case 4 -> spliced(bytes, random.nextInt(2), bait(), Math.min(bytes.length, 2));
            // The longest numbers: lengths, counts and sequences far out of range.
            case 5 -> spliced(bytes, place, new byte[] {-1, -1, -1, -1, 15}, Math.min(bytes.length, place + 1));
            default -> overwritten(bytes, place);
        };
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** A class name as Kryo writes it, after the numbers that announce one. */
    private byte[] bait() {
        byte[] name = BAIT.get(random.nextInt(BAIT.size())).getBytes(StandardCharsets.US_ASCII);
        byte[] announced = new byte[name.length + 2];
        announced[0] = 1;
        System.arraycopy(name, 0, announced, 2, name.length);
        announced[announced.length - 1] |= (byte) 0x80;
        return announced;
    }

    private byte[] overwritten(byte[] bytes, int place) {
        byte[] copy = bytes.clone();
        if (place < copy.length) {
            copy[place] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private byte[] repeated(byte[] bytes, int from) {
        int length = Math.min(bytes.length - from, 1 + random.nextInt(64));
        byte[] chunk = Arrays.copyOfRange(bytes, from, from + length);
        byte[] result = bytes;
        for (int times = random.nextInt(100); times > 0 && result.length < LONGEST; times--) {
            result = spliced(result, from, chunk, from);
        }
        return result;
    }

    /** The bytes up to {@code end}, those inserted, and the bytes from {@code start}. */
    private static byte[] spliced(byte[] bytes, int end, byte[] inserted, int start) {
        int head = Math.min(end, bytes.length);
        int tail = bytes.length - Math.min(start, bytes.length);
        byte[] result = Arrays.copyOf(bytes, head + inserted.length + tail);
        System.arraycopy(inserted, 0, result, head, inserted.length);
        System.arraycopy(bytes, bytes.length - tail, result, head + inserted.length, tail);
        return result;
    }
}
