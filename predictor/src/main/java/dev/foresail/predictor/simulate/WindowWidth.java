package dev.foresail.predictor.simulate;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long the next window lasts: as long as messages between parts take at least, or longer when slow messages are allowed. Then the width
 * climbs towards what is fastest, by a step at a time that goes on while events per real second grow and turns round when they do not,
 * within what timers and the allowed delay bound it to. Asked between windows.
 */
final class WindowWidth implements LongSupplier {
    /** After so many windows it is looked at again. */
    private static final int LOOK = 64;
    /** Shorter stretches of real time say nothing. */
    private static final long LEAST_WALL_NANOS = 5_000_000;

    private static final double STEP = 1.4;
    private static final double BACK = 0.5;

    /** What is seen of a part between windows, since the beginning. */
    interface Observed {
        /** How many events its nodes have handled, where there are several parts. */
        long handledEvents();

        /** Its messages from other parts that were slow. */
        Slowness slowness();

        /** How long all messages that it has sent to other parts take, were none slow. */
        double delayNanosBetween();

        /** What its timers bound windows to; {@link Long#MAX_VALUE} when they do not. */
        long mostWindowNanos();
    }

    private final long leastNanos;
    private final Optional<SlowMessages> relaxation;
    private final List<? extends Observed> parts;
    private double widthNanos;
    private double step = STEP;
    private long windows;
    private long lookedAtNanos;
    private long events;
    private double rate;
    private long extraNanos;
    private double delayNanos;

    WindowWidth(long leastNanos, Optional<SlowMessages> relaxation, List<? extends Observed> parts) {
        this.leastNanos = leastNanos;
        this.relaxation = relaxation;
        this.parts = parts;
        this.widthNanos = leastNanos;
    }

    /** What timers bound it to. */
    long mostNanos() {
        long most = Long.MAX_VALUE;
        for (Observed part : parts) {
            most = Math.min(most, part.mostWindowNanos());
        }
        return most;
    }

    long leastNanos() {
        return leastNanos;
    }

    /** How long a window lasts at most at present. */
    long widthNanos() {
        return (long) widthNanos;
    }

    @Override
    public long getAsLong() {
        if (relaxation.isEmpty()) {
            return leastNanos;
        }
        if (windows++ % LOOK == 0) {
            look(relaxation.get());
        }
        // A timer that was armed since the last look may be a shorter one.
        widthNanos = bounded(widthNanos);
        return (long) widthNanos;
    }

    private double bounded(double nanos) {
        return Math.max((double) leastNanos, Math.min(nanos, (double) mostNanos()));
    }

    private void look(SlowMessages allowed) {
        long nowNanos = allowed.wallNanos().getAsLong();
        if (windows == 1) {
            lookedAtNanos = nowNanos;
        }
        if (nowNanos - lookedAtNanos < LEAST_WALL_NANOS) {
            return;
        }
        long eventsNow = 0;
        long extraNow = 0;
        double delayNow = 0;
        for (Observed part : parts) {
            eventsNow += part.handledEvents();
            extraNow += part.slowness().nanos();
            delayNow += part.delayNanosBetween();
        }
        double rateNow = (double) (eventsNow - events) / (nowNanos - lookedAtNanos);
        if (extraNow - extraNanos > allowed.mostDelay() * (delayNow - delayNanos)) {
            widthNanos *= BACK;
            step = STEP;
        } else {
            step = rateNow < rate ? 1 / step : step;
            widthNanos *= step;
        }
        widthNanos = bounded(widthNanos);
        lookedAtNanos = nowNanos;
        events = eventsNow;
        extraNanos = extraNow;
        delayNanos = delayNow;
        rate = rateNow;
    }
}
