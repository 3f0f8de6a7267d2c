package dev.foresail.choice.sketch;

import dev.foresail.choice.NodeId;
import java.util.List;

/**
 * Which ones there are, in 256 bytes, with now and then one that is none: whoever was added is found, and of those that were not 1 in 100
 * while up to 200 were added, 1 in 7 with 500. Immutable. A union counts whoever is in both once, so it is right over neighbours in any order, in
 * circles too; nothing can be taken out again.
 *
 * <p>Bloom, Communications of the ACM 13(7), 1970; of {@value #WORDS} words; the four bits of an element are two hashes'
 * sums (Kirsch and Mitzenmacher, ESA 2006).
 *
 * @param bits {@value #WORDS} words
 */
public record BloomFilter(List<Long> bits) {
    /** How many words there are. */
    public static final int WORDS = 32;

    /** Nothing. */
    public static final BloomFilter EMPTY = new BloomFilter(new Longs(new long[WORDS]));

    private static final int BITS = WORDS * Long.SIZE;
    private static final int BITS_OF_ELEMENT = 4;

    public BloomFilter {
        bits = Longs.of(bits);
        if (bits.size() != WORDS) {
            throw new IllegalArgumentException("there are " + WORDS + " words, not " + bits.size());
        }
    }

    /** These and the node. */
    public BloomFilter with(NodeId node) {
        return with(node.value());
    }

    /** These and {@code element}: equal numbers are the same element, also when they are added by different nodes. */
    public BloomFilter with(long element) {
        long[] changed = words().clone();
        for (int place = 0; place < BITS_OF_ELEMENT; place++) {
            int bit = bit(element, place);
            changed[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
        }
        return new BloomFilter(new Longs(changed));
    }

    /** Whether the node may have been added: never false when it was. */
    public boolean mayHave(NodeId node) {
        return mayHave(node.value());
    }

    /** Whether {@code element} may have been added: never false when it was. */
    public boolean mayHave(long element) {
        for (int place = 0; place < BITS_OF_ELEMENT; place++) {
            int bit = bit(element, place);
            if ((words()[bit / Long.SIZE] >>> bit % Long.SIZE & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whatever is in one of the two. */
    public BloomFilter or(BloomFilter other) {
        return new BloomFilter(new Longs(Longs.union(words(), other.words())));
    }

    private long[] words() {
        return ((Longs) bits).values;
    }

    private static int bit(long element, int place) {
        long hash = Longs.scattered(element);
        return Math.floorMod((int) hash + place * ((int) (hash >>> Integer.SIZE) | 1), BITS);
    }
}
