package dev.foresail.steering.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
    private int drawn;

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
        if (!isTime()) {
            return;
        }
        double share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
        int percent = (int) (share * 100);
        int filled = (int) (share * BAR_WIDTH);
        String bar = " [" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] ";
        show((terminal ? bar : ": ") + percent + " %");
    }

    /** Tells how far something is whose end nobody knows. */
    public synchronized void update(Supplier<String> reached) {
        if (isTime()) {
            show(": " + reached.get());
        }
    }

    private boolean isTime() {
        long now = clockNanos.getAsLong();
        boolean time = now - lastNanos >= (terminal ? BAR_INTERVAL_NANOS : LINE_INTERVAL_NANOS);
        if (time) {
            lastNanos = now;
        }
        return time;
    }

    private void show(String reached) {
        String text = what + reached;
        if (terminal) {
            err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
            drawn = text.length();
        } else {
            err.println(text);
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
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            err.flush();
            drawn = 0;
        }
    }
}
