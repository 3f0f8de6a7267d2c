package dev.foresail.eval.overhead;

import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.live.RealClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A {@link Contestant} of this JVM. */
final class LocalPlayer implements Player {
    private static final Duration WARM_UP_PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;
    /** So much of a turn passes before anything counts, and after it until all is returned. */
    private static final int SHARE_BEFORE = 5;

    private final Contestant contestant;
    private final Interruption interruption;

    LocalPlayer(Contestant contestant, Interruption interruption) {
        this.contestant = contestant;
        this.interruption = interruption;
    }

    @Override
    public void warmUp(long messages) throws InterruptedException {
        long startNanos = RealClock.nanos();
        contestant.begin();
        while (contestant.messages() < messages
                && RealClock.nanos() - startNanos < WARM_UP_PATIENCE.toNanos()
                && !interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            // It goes on playing.
        }
        contestant.pause();
    }

    @Override
    public Saturation.Rate turn(long millis) throws InterruptedException {
        contestant.begin();
        interruption.await(millis / SHARE_BEFORE, TimeUnit.MILLISECONDS);
        long startNanos = RealClock.nanos();
        long startCpuNanos = EventLoops.cpuNanos();
        long before = contestant.messages();
        interruption.await(millis, TimeUnit.MILLISECONDS);
        long messages = contestant.messages() - before;
        long cpuNanos = EventLoops.cpuNanos() - startCpuNanos;
        long nanos = RealClock.nanos() - startNanos;
        contestant.pause();
        interruption.await(millis / SHARE_BEFORE, TimeUnit.MILLISECONDS);
        return new Saturation.Rate(messages * 1e9 / nanos, (double) cpuNanos / messages);
    }

    @Override
    public void close() {
        contestant.close();
    }
}
