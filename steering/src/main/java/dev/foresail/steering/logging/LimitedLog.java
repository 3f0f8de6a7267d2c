package dev.foresail.steering.logging;

import io.netty.util.concurrent.EventExecutor;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs what others can make a node say over and over, but at most {@value #MAX_LINES} times a minute, so that they do not fill the
 * log; the rest is counted. Each text is one line. On the event loop only.
 */
// The scheduled task throws nothing.
@SuppressWarnings("FutureReturnValueIgnored")
public final class LimitedLog {
    public static final int MAX_LINES = 60;

    /** Long enough for what an author looks for; a message may have a thousand times as much. */
    public static final int MAX_CHARACTERS = 2_000;

    private final Logger log;
    private final EventExecutor loop;
    /** Within this minute. */
    private final Set<String> said = new HashSet<>();

    private int asked;
    private String latestCode = "";

    public LimitedLog(Logger log, EventExecutor loop) {
        this.log = log;
        this.loop = loop;
    }

    /** @param text asked for only when it is logged */
    public void warn(String code, Supplier<String> text) {
        if (isAdmitted(code)) {
            log.warn("[{}] {}", code, line(text));
            warnOfLimit();
        }
    }

    /**
     * As {@link #warn}, but at most once a minute for each code and {@code about}, such as a peer, so that one who does it over
     * and over leaves room for others.
     */
    public void warnOnce(String code, Object about, Supplier<String> text) {
        String what = code + " " + about;
        if (!said.contains(what)) {
            // What is not logged is not remembered either: else whoever comes under ever other names fills the memory.
            if (asked < MAX_LINES) {
                said.add(what);
            }
            warn(code, text);
        }
    }

    /** @param text asked for only when it is logged */
    public void error(String code, Supplier<String> text, Throwable thrown) {
        if (isAdmitted(code)) {
            log.error("[{}] {}", code, line(text), thrown);
            warnOfLimit();
        }
    }

    private static String line(Supplier<String> text) {
        return OneLine.of(text.get(), MAX_CHARACTERS);
    }

    private boolean isAdmitted(String code) {
        if (asked == 0) {
            loop.schedule(this::minuteOver, 1, TimeUnit.MINUTES);
        }
        asked++;
        latestCode = code;
        return asked <= MAX_LINES;
    }

    private void warnOfLimit() {
        if (asked == MAX_LINES) {
            log.warn("[{}] more of this within this minute is only counted", latestCode);
        }
    }

    private void minuteOver() {
        if (asked > MAX_LINES) {
            log.warn("[{}] left out {} more lines like this one within a minute", latestCode, asked - MAX_LINES);
        }
        asked = 0;
        said.clear();
    }
}
