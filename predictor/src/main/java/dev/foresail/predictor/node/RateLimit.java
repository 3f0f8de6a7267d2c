package dev.foresail.predictor.node;

/** So many per second, and no more at once than in a second: a token bucket. Not thread-safe. */
final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private double left;
    private long sinceNanos;

    RateLimit(double perSecond, long nowNanos) {
        this.perSecond = perSecond;
        this.left = perSecond;
        this.sinceNanos = nowNanos;
    }

    /** Whether {@code amount} more may be had now; then they are taken. */
    boolean isTaken(double amount, long nowNanos) {
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

    /** Takes {@code amount} in any case; what is not there is owed. A negative amount is given back. */
    void take(double amount) {
        left = Math.min(perSecond, left - amount);
    }

    /** How long until what is owed has come in, if nothing else is taken; 0 when nothing is owed. */
    long owedNanos(long nowNanos) {
        refill(nowNanos);
        return left > 0 ? 0 : (long) Math.ceil(-left / perSecond * NANOS_PER_SECOND);
    }

    private void refill(long nowNanos) {
        left = Math.min(perSecond, left + perSecond * (nowNanos - sinceNanos) / NANOS_PER_SECOND);
        sinceNanos = nowNanos;
    }
}
