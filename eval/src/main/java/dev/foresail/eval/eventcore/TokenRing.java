package dev.foresail.eval.eventcore;

/**
 * The shape PHOLD: as many tokens as nodes; whoever gets a token counts it and sends it on to a random node, after a delay
 * uniform in [100,000, 1,900,000) ticks. The random numbers are xorshift64*, the same for every queue. Not thread-safe.
 */
abstract class TokenRing {
    private static final long SEED = 88172645463325252L;
    private static final long MULTIPLIER = 0x2545F4914F6CDD1DL;
    private static final int LEAST_DELAY = 100_000;
    private static final int SPREAD = 1_800_000;

    final int nodes;
    private final int[] counts;
    private long state = SEED;

    TokenRing(int nodes) {
        this.nodes = nodes;
        this.counts = new int[nodes];
    }

    /** Puts the tokens into the queue; once, before the first round. */
    final void fill() {
        for (int token = 0; token < nodes; token++) {
            add(delay(), token);
        }
    }

    /**
     * Takes so many tokens from the queue and puts them back.
     *
     * @return a sum of their times, by which equal orders are recognised
     */
    final long run(long events) {
        long sum = 0;
        for (long event = 0; event < events; event++) {
            int node = take();
            long nowTicks = takenAt();
            counts[node]++;
            add(nowTicks + delay(), draw(nodes));
            sum = 31 * sum + nowTicks;
        }
        return sum;
    }

    private long delay() {
        return (long) LEAST_DELAY + draw(SPREAD);
    }

    private int draw(int bound) {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return (int) ((state * MULTIPLIER >>> 33) * bound >>> 31);
    }

    abstract void add(long atTicks, int node);

    /** Takes the next token and returns its node. */
    abstract int take();

    /** When the token was due that was taken last. */
    abstract long takenAt();
}
