package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.Hashing;

/**
 * What something is, in 128 bits: equal for equal canonical bytes, whoever met it first. Serves as its identity when it is
 * interned (the odds that two among a million differ and have the same content are below 10^-26) and as its share of a
 * world's fingerprint.
 */
record Content(long first, long second) {
    private static final Hasher128 XXH3 = com.dynatrace.hash4j.hashing.Hashing.xxh3_128();

    static Content of(StateWriter out) {
        return of(out.toByteArray());
    }

    static Content of(byte[] bytes) {
        return of(XXH3.hashBytesTo128Bits(bytes));
    }

    /** Something larger, of which this is the next part. */
    HashStream128 putInto(HashStream128 stream) {
        return stream.putLong(first).putLong(second);
    }

    /** To put parts into; {@link #of(HashStream128)} makes a content of them. */
    static HashStream128 stream() {
        return XXH3.hashStream();
    }

    static Content of(HashStream128 stream) {
        return of(stream.get());
    }

    private static Content of(HashValue128 hash) {
        return new Content(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** Its share of the first 64 bits of the fingerprint of a world that has it in {@code slot}. */
    long firstShare(int slot) {
        return Hashing.mix(first + Hashing.mix(slot + 1L));
    }

    /** Its share of the second 64 bits. */
    long secondShare(int slot) {
        return Hashing.mix(second + Hashing.mix(~(long) slot));
    }
}
