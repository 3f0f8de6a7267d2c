package dev.foresail.predictor.log;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How closely it is told what nodes do; several may be asked for. */
public enum LogLevel {
    /** Which events nodes handle, by which handler, and what they follow from. */
    EVENT,
    /** What a step changes of the state. */
    STATE,
    /** The messages with what is in them: received, sent, dropped. */
    MESSAGE,
    /** What the runtime does: timers set and cancelled, choices and who makes them, what goes wrong from outside. */
    GENERATED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that label; empty when there is none. */
    public static Optional<LogLevel> labelled(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(LogLevel::label).toList();
    }
}
