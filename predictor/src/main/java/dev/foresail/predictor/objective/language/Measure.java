package dev.foresail.predictor.objective.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A unit that may stand behind a number.
 *
 * @param factor how much of the dimension's own unit it is
 */
record Measure(Dimension dimension, double factor) {
    private static final Map<String, Measure> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("%", new Measure(Dimension.NUMBER, 0.01));
        KNOWN.put("ns", new Measure(Dimension.DURATION, 1e-9));
        KNOWN.put("us", new Measure(Dimension.DURATION, 1e-6));
        KNOWN.put("ms", new Measure(Dimension.DURATION, 1e-3));
        KNOWN.put("s", new Measure(Dimension.DURATION, 1));
        KNOWN.put("m", new Measure(Dimension.DURATION, 60));
        KNOWN.put("h", new Measure(Dimension.DURATION, 3600));
        KNOWN.put("B", new Measure(Dimension.BYTES, 1));
        KNOWN.put("kB", new Measure(Dimension.BYTES, 1e3));
        KNOWN.put("MB", new Measure(Dimension.BYTES, 1e6));
        KNOWN.put("GB", new Measure(Dimension.BYTES, 1e9));
        KNOWN.put("bps", new Measure(Dimension.RATE, 1));
        KNOWN.put("kbps", new Measure(Dimension.RATE, 1e3));
        KNOWN.put("Mbps", new Measure(Dimension.RATE, 1e6));
        KNOWN.put("Gbps", new Measure(Dimension.RATE, 1e9));
    }

    static Optional<Measure> of(String unit) {
        return Optional.ofNullable(KNOWN.get(unit));
    }

    static Set<String> names() {
        return Collections.unmodifiableSet(KNOWN.keySet());
    }
}
