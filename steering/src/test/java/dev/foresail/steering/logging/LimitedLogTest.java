package dev.foresail.steering.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.live.Logged;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Time passes as the test says. */
final class LimitedLogTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final LimitedLog limited =
            new LimitedLog(LoggerFactory.getLogger(LimitedLogTest.class), channel.eventLoop());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void aMinutePasses() {
        channel.advanceTimeBy(1, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();
    }

    @Test
    void whatIsTooMuchIsCountedAndTheNextMinuteHasItsOwnLines() {
        try (Logged logged = new Logged()) {
            for (int knock = 0; knock < LimitedLog.MAX_LINES + 7; knock++) {
                limited.warn("FS213", () -> "knock");
            }
            assertEquals(LimitedLog.MAX_LINES, logged.count("[FS213] knock"));
            assertEquals(1, logged.count("[FS213] more of this within this minute is only counted"));
            aMinutePasses();
            assertTrue(logged.has("[FS213] left out 7 more lines"), logged::toString);
            limited.warn("FS213", () -> "once more");
            assertTrue(logged.has("[FS213] once more"), logged::toString);
            aMinutePasses();
            assertEquals(1, logged.count("left out"));
        }
    }

    @Test
    void ofWhatOneDoesOverAndOverALineAMinuteIsEnough() {
        try (Logged logged = new Logged()) {
            for (int count = 0; count < 100; count++) {
                limited.warnOnce("FS335", "n2", () -> "n2 asks");
                limited.warnOnce("FS336", "n2", () -> "n2 lies");
            }
            limited.warnOnce("FS335", "n3", () -> "n3 asks");
            assertEquals(1, logged.count("[FS335] n2 asks"));
            assertEquals(1, logged.count("[FS336] n2 lies"));
            assertEquals(1, logged.count("[FS335] n3 asks"));
            aMinutePasses();
            assertEquals(0, logged.count("left out"));
            limited.warnOnce("FS335", "n2", () -> "n2 asks");
            assertEquals(2, logged.count("[FS335] n2 asks"));
        }
    }

    @Test
    void whoComesUnderEverOtherNamesIsCountedAndNotRemembered() {
        try (Logged logged = new Logged()) {
            for (int count = 0; count < 2; count++) {
                for (int name = 0; name < LimitedLog.MAX_LINES + 1; name++) {
                    int number = name;
                    limited.warnOnce("FS335", number, () -> "n" + number + " asks");
                }
            }
            assertEquals(LimitedLog.MAX_LINES, logged.count(" asks"));
            aMinutePasses();
            assertTrue(logged.has("[FS335] left out 2 more lines"), logged::toString);
        }
    }

    @Test
    void nobodyWritesALineOfHisOwn() {
        try (Logged logged = new Logged()) {
            limited.warn("FS213", () -> "speaks 'x'\n[FS151] n1 cannot go on");
            limited.error("FS150", () -> "y\u001b[2J", new IllegalStateException());
            assertTrue(logged.has("[FS213] speaks 'x'?[FS151] n1 cannot go on"), logged::toString);
            assertTrue(logged.has("[FS150] y?[2J"), logged::toString);
        }
    }
}
