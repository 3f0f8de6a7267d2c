package dev.foresail.steering.cli;

import dev.foresail.predictor.simulate.SlowMessages;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What slow messages did to a run, for people and for tools. */
final class SlownessReport {
    private static final double NANOS_PER_MILLI = 1e6;

    private final SlowMessages.Report report;

    SlownessReport(SlowMessages.Report report) {
        this.report = report;
    }

    private double slowShare() {
        return (double) report.slow() / Math.max(1, report.between());
    }

    String line(long seed) {
        return String.format(
                Locale.ROOT,
                "seed %d: %d windows, at last of %.3f ms (the fastest link takes %.3f ms); of %d messages between workers %.2f %% were slow, "
                        + "by %.3f ms on average",
                seed,
                report.windows(),
                report.widthNanos() / NANOS_PER_MILLI,
                report.leastNanos() / NANOS_PER_MILLI,
                report.between(),
                100 * slowShare(),
                report.extraNanos() / NANOS_PER_MILLI);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windows", report.windows());
        json.put("widthMillis", report.widthNanos() / NANOS_PER_MILLI);
        json.put("fastestLinkMillis", report.leastNanos() / NANOS_PER_MILLI);
        if (report.mostNanos() != Long.MAX_VALUE) {
            json.put("timersBoundMillis", report.mostNanos() / NANOS_PER_MILLI);
        }
        json.put("slowShare", slowShare());
        json.put("meanExtraMillis", report.extraNanos() / NANOS_PER_MILLI);
        json.put("meanDelayMillis", report.delayNanos() / NANOS_PER_MILLI);
        return json;
    }
}
