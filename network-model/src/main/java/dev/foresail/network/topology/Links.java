package dev.foresail.network.topology;

import java.util.BitSet;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Some of a topology's links, whatever its size. Immutable and thread-safe. */
public final class Links {
    private final Optional<BitSet> here;
    private final Optional<BitSet> there;
    private final boolean oneWay;

    /** Without {@code here} all links; without {@code there} those to all who are not here. */
    private Links(Optional<BitSet> here, Optional<BitSet> there, boolean oneWay) {
        this.here = here;
        this.there = there;
        this.oneWay = oneWay;
    }

    /** Takes a pair of nodes or endpoints. */
    public interface PairConsumer {
        /** Takes one pair; {@code one} is less than {@code other}. */
        void accept(int one, int other);
    }

    /** Every link. */
    public static Links all() {
        return new Links(Optional.empty(), Optional.empty(), false);
    }

    /** The links between some endpoints and all others, both ways; those among themselves are none of them. */
    public static Links around(Collection<Integer> endpoints) {
        return new Links(Optional.of(bits(endpoints)), Optional.empty(), false);
    }

    /** The links between any of the ones and any of the others, both ways. */
    public static Links between(Collection<Integer> ones, Collection<Integer> others) {
        return new Links(Optional.of(bits(ones)), Optional.of(bits(others)), false);
    }

    /** Of these only those from the first-named endpoints to the others; of all links, all. */
    public Links oneWay() {
        return new Links(here, there, true);
    }

    private static BitSet bits(Collection<Integer> endpoints) {
        BitSet bits = new BitSet();
        endpoints.forEach(bits::set);
        if (bits.isEmpty()) {
            throw new IllegalArgumentException("links of no endpoint");
        }
        return bits;
    }

    /** Whether the link from one endpoint to another is one of these; that to itself never is. */
    public boolean include(int from, int to) {
        if (from == to) {
            return false;
        }
        return lead(from, to) || (!oneWay && lead(to, from));
    }

    private boolean lead(int from, int to) {
        return isHere(from) && isThere(to);
    }

    private boolean isHere(int endpoint) {
        return here.isEmpty() || here.get().get(endpoint);
    }

    private boolean isThere(int endpoint) {
        return there.isPresent() ? there.get().get(endpoint) : here.isEmpty() || !isHere(endpoint);
    }

    /** Names every pair, of which a link is one of these, once. */
    public void forEachPair(int size, PairConsumer consumer) {
        for (int one = 0; one < size; one++) {
            for (int other = 0; isHere(one) && other < size; other++) {
                // A pair that is here and there either way comes twice: the way up is taken.
                if (one != other && isThere(other) && (one < other || !lead(other, one))) {
                    consumer.accept(StrictMath.min(one, other), StrictMath.max(one, other));
                }
            }
        }
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Links other
                && here.equals(other.here)
                && there.equals(other.there)
                && oneWay == other.oneWay;
    }

    @Override
    public int hashCode() {
        return Objects.hash(here, there, oneWay);
    }

    /** Such as {@code {0, 1} - others}. */
    @Override
    public String toString() {
        String first = here.map(BitSet::toString).orElse("all");
        String second = there.map(BitSet::toString).orElse("others");
        return first + (oneWay ? " -> " : " - ") + second;
    }
}
