package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong nowNanos = new AtomicLong();

    private Progress progress(boolean terminal) {
        return new Progress(new PrintWriter(err), terminal, nowNanos::get, "working");
    }

    @Test
    void elsewhereThereIsAPlainLineEveryTenSeconds() {
        try (Progress progress = progress(false)) {
            for (int second = 0; second <= 25; second++) {
                nowNanos.set(TimeUnit.SECONDS.toNanos(second));
                progress.update(second, 50);
            }
        }
        assertEquals("working: 20 %|working: 40 %|", err.toString().replace(System.lineSeparator(), "|"));
    }

    @Test
    void aTerminalGetsABarThatIsWipedAway() {
        try (Progress progress = progress(true)) {
            nowNanos.set(TimeUnit.SECONDS.toNanos(1));
            progress.update(1, 2);
        }
        assertTrue(err.toString().startsWith("\rworking [###############               ] 50 %"), err::toString);
        assertTrue(err.toString().endsWith(" \r"), err::toString);
    }
}
