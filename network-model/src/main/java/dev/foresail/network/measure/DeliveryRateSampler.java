package dev.foresail.network.measure;

import java.util.Arrays;

/**
 * How fast a peer receives, from what the transport sees anyway: bytes handed to the socket, and bytes that the peer has
 * acknowledged. Every chunk that is sent remembers how much had been delivered by then, and when; its acknowledgement gives the
 * sample: what was delivered meanwhile, by the longer of the time it took to send it and the time it took to be acknowledged.
 * The rate is the largest sample of the last 10 round trips. A sample of a time when the sender had nothing to send says only that
 * the link carries at least as much, so it counts only where it raises the maximum.
 *
 * <p>Of a chunk whose sending or acknowledgement the transport missed nothing is learnt, and nothing is thrown: acknowledgements
 * of more than was sent are cut and counted, as are times that run backwards. Chunks in flight beyond {@value #CHUNKS} are taken
 * together with the latest one.
 *
 * <p>Not thread-safe. Times are nanoseconds of one monotonic clock.
 *
 * <p>Source: draft-cheng-iccrg-delivery-rate-estimation and net/ipv4/tcp_rate.c (samples), net/ipv4/tcp_bbr.c (maximum over 10
 * rounds, application-limited samples). A window divided by the round trip is no bandwidth.
 */
public final class DeliveryRateSampler {
    /** Over how many round trips the maximum is taken (BBR's bbr_bw_rtts). */
    static final int WINDOW_ROUNDS = 10;

    private static final int CHUNKS = 64;
    private static final int FIRST_CHUNKS = 1;
    private static final double SECOND_NANOS = 1e9;

    private static final WindowedExtremum.Kind MOST = WindowedExtremum.Kind.largest(WINDOW_ROUNDS);
    private static final Chunk[] NO_CHUNKS = new Chunk[0];

    private final WindowedExtremum maximum = MOST.empty();
    /** A ring of what is in flight, oldest first; it grows when it is needed, and goes when nothing is in flight: most links are idle. */
    private Chunk[] chunks = NO_CHUNKS;

    /** Both at most {@link #CHUNKS}. */
    private short oldest;

    private short inFlight;

    private long sentBytes;
    private long deliveredBytes;
    private long deliveredAtNanos;
    private long firstSentAtNanos;
    private long latestAtNanos;
    private boolean started;

    private long roundEndsAtBytes;
    private long round;
    private long samples;
    private long sampleAtNanos;
    private double meanRate;
    private double meanDeviation;
    private int faults;

    /** What is in flight: where it ends in the stream, and the state of things when it was sent. */
    private static final class Chunk {
        long endsAtBytes;
        long sentAtNanos;
        long firstSentAtNanos;
        long deliveredBytes;
        long deliveredAtNanos;
        boolean limitedBySender;
    }

    /**
     * Bytes were handed to the socket.
     *
     * @param bytes how many; nothing happens below 1
     * @param limitedBySender whether the sender had less to send than the link would have taken
     */
    public void sent(long bytes, boolean limitedBySender, long nowNanos) {
        if (bytes <= 0) {
            return;
        }
        long atNanos = clamped(nowNanos);
        if (inFlight == 0) {
            firstSentAtNanos = atNanos;
            deliveredAtNanos = atNanos;
        }
        sentBytes += bytes;
        if (inFlight == CHUNKS) {
            chunks[(oldest + inFlight - 1) % chunks.length].endsAtBytes = sentBytes;
            return;
        }
        Chunk chunk = next();
        chunk.endsAtBytes = sentBytes;
        chunk.sentAtNanos = atNanos;
        chunk.firstSentAtNanos = firstSentAtNanos;
        chunk.deliveredBytes = deliveredBytes;
        chunk.deliveredAtNanos = deliveredAtNanos;
        chunk.limitedBySender = limitedBySender;
    }

    private Chunk next() {
        if (inFlight == chunks.length) {
            Chunk[] larger = new Chunk[StrictMath.max(FIRST_CHUNKS, 2 * chunks.length)];
            Arrays.setAll(larger, index -> index < inFlight ? chunks[(oldest + index) % chunks.length] : new Chunk());
            chunks = larger;
            oldest = 0;
        }
        return chunks[(oldest + inFlight++) % chunks.length];
    }

    /**
     * The peer has acknowledged bytes, in the order in which they were sent.
     *
     * @param bytes how many since the last acknowledgement; nothing happens below 1
     * @param leastRoundTripNanos the smallest round trip known; a sample over a shorter time is not possible and left out. 0 when
     *     not known
     * @return whether the acknowledgement gave a sample
     */
    public boolean acknowledged(long bytes, long leastRoundTripNanos, long nowNanos) {
        if (bytes <= 0) {
            return false;
        }
        long atNanos = clamped(nowNanos);
        long possible = sentBytes - deliveredBytes;
        if (bytes > possible) {
            faults++;
        }
        deliveredBytes += StrictMath.min(bytes, possible);
        deliveredAtNanos = atNanos;
        int covered = 0;
        while (covered < inFlight && chunk(covered).endsAtBytes <= deliveredBytes) {
            covered++;
        }
        if (covered == 0) {
            return false;
        }
        Chunk latest = chunk(covered - 1);
        oldest = (short) ((oldest + covered) % chunks.length);
        inFlight = (short) (inFlight - covered);
        forgetChunks();
        return sample(latest, leastRoundTripNanos, atNanos);
    }

    private Chunk chunk(int index) {
        return chunks[(oldest + index) % chunks.length];
    }

    private boolean sample(Chunk chunk, long leastRoundTripNanos, long nowNanos) {
        firstSentAtNanos = chunk.sentAtNanos;
        if (chunk.deliveredBytes >= roundEndsAtBytes) {
            round++;
            roundEndsAtBytes = deliveredBytes;
        }
        long sendingNanos = chunk.sentAtNanos - chunk.firstSentAtNanos;
        long acknowledgingNanos = nowNanos - chunk.deliveredAtNanos;
        long interval = StrictMath.max(sendingNanos, acknowledgingNanos);
        if (interval <= 0 || interval < leastRoundTripNanos) {
            return false;
        }
        double rate = (deliveredBytes - chunk.deliveredBytes) * SECOND_NANOS / interval;
        double largest = maximum.latest();
        if (chunk.limitedBySender && rate <= largest) {
            return false;
        }
        maximum.observe(rate, round);
        meanDeviation = samples == 0 ? rate / 2 : meanDeviation + (StrictMath.abs(rate - meanRate) - meanDeviation) / 4;
        meanRate += (rate - meanRate) / (samples == 0 ? 1 : 8);
        samples++;
        sampleAtNanos = nowNanos;
        return true;
    }

    private long clamped(long nowNanos) {
        if (started && nowNanos - latestAtNanos < 0) {
            faults++;
            return latestAtNanos;
        }
        started = true;
        latestAtNanos = nowNanos;
        return nowNanos;
    }

    /** What was in flight is lost with the connection; what is known of the link is kept. */
    public void connectionBroke() {
        inFlight = 0;
        sentBytes = deliveredBytes;
        forgetChunks();
    }

    private void forgetChunks() {
        if (inFlight == 0) {
            chunks = NO_CHUNKS;
            oldest = 0;
        }
    }

    /**
     * Bytes per second that the link has carried, the largest sample of the last 10 round trips; unknown before the first. The
     * spread is the mean deviation of single samples.
     */
    public Figure bytesPerSecond(long nowNanos) {
        if (samples == 0) {
            return Figure.assumed(Double.POSITIVE_INFINITY);
        }
        return new Figure(maximum.latest(), meanDeviation, samples, StrictMath.max(0, nowNanos - sampleAtNanos));
    }

    /** How many times more was acknowledged than sent, or the clock ran backwards. */
    public long faults() {
        return faults;
    }
}
