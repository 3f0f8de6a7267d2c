package dev.foresail.network.random;

import java.util.random.RandomGenerator;

/**
 * A small seeded generator (SplitMix64, period 2^64) whose every draw is the same on every machine and JDK: nothing of
 * the JDK's own sampling, which may change between versions, is used for the methods overridden here.
 *
 * <p>Streams are told apart by purpose and keys, so that drawing more in one place never moves the draws of another:
 *
 * <pre>{@code
 * RandomStream jitter = RandomStream.of(seed, "jitter", from, to);
 * }</pre>
 *
 * <p>Not thread-safe: one stream belongs to one thread.
 *
 * <p>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
 */
public final class RandomStream implements RandomGenerator {
    private static final double UNIT_53 = 0x1.0p-53;
    private static final float UNIT_24 = 0x1.0p-24f;

    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /** A stream whose SplitMix64 state is exactly {@code seed} (the reference algorithm's sequence). */
    public static RandomStream ofState(long seed) {
        return new RandomStream(seed);
    }

    /** The stream of a purpose: the same arguments give the same stream, any other ones an independent stream. */
    public static RandomStream of(long seed, String purpose, long... keys) {
        long hash = Hashing.combine(Hashing.mix(seed + Hashing.GOLDEN_GAMMA), Hashing.ofText(purpose));
        hash = Hashing.combine(hash, keys.length);
        for (long key : keys) {
            hash = Hashing.combine(hash, key);
        }
        return new RandomStream(hash);
    }

    /**
     * A stream derived from this one's present state; this stream does not advance. Two forks for the same purpose without
     * a draw between them are equal.
     */
    public RandomStream fork(String purpose) {
        return of(state, purpose);
    }

    /** A stream that will draw exactly what this one will. */
    public RandomStream copy() {
        return new RandomStream(state);
    }

    /** The whole state; {@link #ofState} continues from it. */
    public long state() {
        return state;
    }

    /** Continues from a {@link #state}: one stream can draw for very many, each with a state of its own. */
    public void continueFrom(long other) {
        state = other;
    }

    @Override
    public long nextLong() {
        state += Hashing.GOLDEN_GAMMA;
        return Hashing.mix(state);
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without bias (Lemire's multiplication, with rejection).
     */
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (1L << 32) % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without bias (rejection).
     */
    @Override
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long bits = nextLong() >>> 1;
        long value = bits % bound;
        // The last, incomplete block of multiples of the bound overflows: draw again.
        while (bits - value + (bound - 1) < 0) {
            bits = nextLong() >>> 1;
            value = bits % bound;
        }
        return value;
    }

    @Override
    public long nextLong(long origin, long bound) {
        if (origin >= bound) {
            throw new IllegalArgumentException("origin " + origin + " must be below bound " + bound);
        }
        long width = bound - origin;
        if (width > 0) {
            return origin + nextLong(width);
        }
        long value = nextLong();
        while (value < origin || value >= bound) {
            value = nextLong();
        }
        return value;
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT_53;
    }

    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    @Override
    public double nextDouble(double origin, double bound) {
        if (!(origin < bound) || Double.isInfinite(bound - origin)) {
            throw new IllegalArgumentException("not a finite range: " + origin + " to " + bound);
        }
        double value = origin + nextDouble() * (bound - origin);
        return value < bound ? value : StrictMath.nextDown(bound);
    }

    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * UNIT_24;
    }

    /** An exponential variable with mean 1. */
    @Override
    public double nextExponential() {
        return -StrictMath.log(1 - nextDouble());
    }

    /** A normal variable with mean 0 and standard deviation 1, from exactly one 64-bit draw. */
    @Override
    public double nextGaussian() {
        return Normal.quantile(((nextLong() >>> 12) + 0.5) * 0x1.0p-52);
    }

    @Override
    public double nextGaussian(double mean, double standardDeviation) {
        if (!(standardDeviation >= 0)) {
            throw new IllegalArgumentException("standard deviation must not be negative, got " + standardDeviation);
        }
        return mean + standardDeviation * nextGaussian();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            bits = i % Long.BYTES == 0 ? nextLong() : bits >>> Byte.SIZE;
            bytes[i] = (byte) bits;
        }
    }
}
