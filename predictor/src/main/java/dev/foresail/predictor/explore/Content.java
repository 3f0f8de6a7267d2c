package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.Hashing;

/**
 * What something is, in 128 bits: equal for equal canonical bytes, whoever met it first. Serves as its identity when it is
 * interned (the odds that two among a million differ and have the same content are below 10^-26) and as its share of a
 * world's fingerprint.
 */
record Content(long first, long second) implements Comparable<Content> {
    static Content of(StateWriter out) {
        return of(out.toByteArray());
    }

    static Content of(byte[] bytes) {
        HashValue128 hash = com.dynatrace.hash4j.hashing.Hashing.xxh3_128().hashBytesTo128Bits(bytes);
        return new Content(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** Writes itself as part of something larger. */
    void write(StateWriter out) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.writeByte((int) (first >>> shift));
        }
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.writeByte((int) (second >>> shift));
        }
    }

    /** Its share of the first 64 bits of the fingerprint of a world that has it in {@code slot}. */
    long firstShare(int slot) {
        return Hashing.mix(first + Hashing.mix(slot + 1L));
    }

    /** Its share of the second 64 bits. */
    long secondShare(int slot) {
        return Hashing.mix(second + Hashing.mix(~(long) slot));
    }

    @Override
    public int compareTo(Content other) {
        int order = Long.compareUnsigned(first, other.first);
        return order != 0 ? order : Long.compareUnsigned(second, other.second);
    }
}
