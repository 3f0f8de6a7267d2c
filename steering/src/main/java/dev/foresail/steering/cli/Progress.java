package dev.foresail.steering.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.function.LongSupplier;

/**
 * How far something long is: a bar that is drawn over and over on a terminal, elsewhere a plain line every ten seconds.
 * Thread-safe.
 */
public final class Progress implements AutoCloseable {
    private static final long BAR_INTERVAL_NANOS = 100_000_000L;
    private static final long LINE_INTERVAL_NANOS = 10_000_000_000L;
    private static final int BAR_WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier clockNanos;
    private final String what;
    private long lastNanos;
    private boolean drawn;

    Progress(PrintWriter err, boolean terminal, LongSupplier clockNanos, String what) {
        this.err = err;
        this.terminal = terminal;
        this.clockNanos = clockNanos;
        this.what = what;
        this.lastNanos = clockNanos.getAsLong();
    }

    /** For those who are not given an {@link Output}: experiments. */
    public static Progress onStandardError(String what) {
        return new Progress(
                new PrintWriter(System.err, true, Charset.defaultCharset()),
                Terminal.isPresent(),
                WallClock::nanos,
                what);
    }

    /**
     * Tells how far it is.
     *
     * @param done how much of {@code total} is done
     */
    public synchronized void update(double done, double total) {
        long now = clockNanos.getAsLong();
        if (now - lastNanos < (terminal ? BAR_INTERVAL_NANOS : LINE_INTERVAL_NANOS)) {
            return;
        }
        lastNanos = now;
        double share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
        int percent = (int) (share * 100);
        if (terminal) {
            int filled = (int) (share * BAR_WIDTH);
            err.print("\r" + what + " [" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + percent + " %");
            drawn = true;
        } else {
            err.println(what + ": " + percent + " %");
        }
        err.flush();
    }

    /** Where words of progress go that nobody is to see. */
    static PrintWriter nowhere() {
        return new PrintWriter(Writer.nullWriter());
    }

    /** Wipes the bar away. */
    @Override
    public synchronized void close() {
        if (drawn) {
            err.print("\r" + " ".repeat(what.length() + BAR_WIDTH + 9) + "\r");
            err.flush();
            drawn = false;
        }
    }
}
