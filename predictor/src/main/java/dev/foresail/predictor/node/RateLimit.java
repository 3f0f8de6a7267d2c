package dev.foresail.predictor.node;

/** So many per second, and no more at once than has come together: a token bucket, full in the beginning. Not thread-safe. */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double atOnce;
    private double left;
    private long sinceNanos;

    /** No more at once than in a second. */
    RateLimit(double perSecond, long nowNanos) {
        this(perSecond, perSecond, nowNanos);
    }

    private RateLimit(double perSecond, double atOnce, long nowNanos) {
        this.perSecond = perSecond;
        this.atOnce = atOnce;
        this.left = atOnce;
        this.sinceNanos = nowNanos;
    }

    /** So many per minute, which may all come at once. */
    public static RateLimit perMinute(int most, long nowNanos) {
        return new RateLimit(most / 60.0, most, nowNanos);
    }

    /** So many per second, and no more at once. */
    public static RateLimit perSecond(double most, long nowNanos) {
        return new RateLimit(most, nowNanos);
    }

    /** Whether {@code amount} more may be had now; then they are taken. */
    public boolean isTaken(double amount, long nowNanos) {
        refill(nowNanos);
        if (left < amount) {
            return false;
        }
        left -= amount;
        return true;
    }

    /** Whether there is any left now, and nothing owed. */
    boolean isAnyLeft(long nowNanos) {
        refill(nowNanos);
        return left > 0;
    }

    /** Whether as much may be had now as ever at once. */
    boolean isWhole(long nowNanos) {
        refill(nowNanos);
        return left >= atOnce;
    }

    /** Takes {@code amount} in any case; what is not there is owed. A negative amount is given back. */
    void take(double amount) {
        left = Math.min(atOnce, left - amount);
    }

    /** Takes {@code amount}; no more is owed than what comes in within so many seconds. */
    public void takeForgiving(double amount, int seconds, long nowNanos) {
        refill(nowNanos);
        left = Math.max(-perSecond * seconds, left - amount);
    }

    /** How long until what is owed has come in, if nothing else is taken; 0 when nothing is owed. */
    public long owedNanos(long nowNanos) {
        refill(nowNanos);
        return left > 0 ? 0 : (long) Math.ceil(-left / perSecond * NANOS_PER_SECOND);
    }

    private void refill(long nowNanos) {
        left = Math.min(atOnce, left + perSecond * (nowNanos - sinceNanos) / NANOS_PER_SECOND);
        sinceNanos = nowNanos;
    }
}
