package dev.foresail.network.random;

/** Pure 64-bit hashing, the same on every JDK. Stateless, so free for use from any thread. */
public final class Hashing {
    /** The odd constant of SplitMix64: 2^64 divided by the golden ratio. */
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    private Hashing() {}

    /** Mixes 64 bits so that each bit of the answer depends on each bit of {@code value} (a bijection; Stafford's variant 13). */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Combines a hash with one more value; the order of combinations matters. */
    public static long combine(long hash, long value) {
        return mix(hash * 31 + mix(value + GOLDEN_GAMMA));
    }

    /** Hashes the UTF-16 units of {@code text} (FNV-1a, then mixed). */
    public static long ofText(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }
}
