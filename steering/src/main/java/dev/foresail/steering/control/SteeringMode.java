package dev.foresail.steering.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a node does about events that would violate a safety property. */
public enum SteeringMode {
    /** It does not look for them. */
    OFF("off"),
    /** It says which violations it meets and foresees. */
    OBSERVE("observe"),
    /** It says what it would do, event filters included, and does not do it. */
    ADVISE("advise"),
    /** It keeps them from having effect. */
    STEER("steer");

    private final String label;

    SteeringMode(String label) {
        this.label = label;
    }

    /** The name in YAML and on the command line. */
    public String label() {
        return label;
    }

    /** The mode with that label. */
    public static Optional<SteeringMode> labelled(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(SteeringMode::label).toList();
    }
}
