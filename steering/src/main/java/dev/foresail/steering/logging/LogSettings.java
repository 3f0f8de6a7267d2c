package dev.foresail.steering.logging;

import dev.foresail.predictor.log.EventRing;
import dev.foresail.predictor.log.LogLevel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a live node keeps and tells of what it does. Immutable.
 *
 * @param events how many of the latest events are kept in memory at least; 0: none
 * @param file where what is kept is written when a handler throws or a safety property would be violated; empty: the latest few go to the log
 * @param levels what goes to the log as it happens
 */
public record LogSettings(int events, Optional<Path> file, Set<LogLevel> levels) {
    public static final LogSettings DEFAULT = new LogSettings(EventRing.USUAL_EVENTS, Optional.empty(), Set.of());

    /** Of a node that keeps nothing and tells nothing. */
    public static final LogSettings NOTHING = new LogSettings(0, Optional.empty(), Set.of());

    public LogSettings {
        levels = Set.copyOf(levels);
        if (events < 0) {
            throw new IllegalArgumentException("no node keeps " + events + " events");
        }
    }
}
