package dev.foresail.steering.control;

import dev.foresail.predictor.guardrail.QuestionFailedException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which properties could not be answered. Each is logged the first time and whenever the number of times has doubled: one
 * that fails at every event does not fill the log. On the node's thread only.
 */
final class UnansweredProperties {
    private static final Logger LOG = LoggerFactory.getLogger(UnansweredProperties.class);

    private final SortedMap<String, Long> times = new TreeMap<>();

    void add(String property, QuestionFailedException failed) {
        long count = times.merge(property, 1L, Long::sum);
        if (Long.bitCount(count) == 1) {
            LOG.warn("{}; where it fails, it keeps no event from having effect: {} so far", failed.getMessage(), count);
        }
    }
}
