package dev.foresail.steering.control;

/** What a node does about events that would violate a safety property. */
public enum SteeringMode {
    /** It does not look for them. */
    OFF("off"),
    /** It logs and counts them. */
    OBSERVE("observe"),
    /** It keeps them from having effect. */
    STEER("steer");

    private final String label;

    SteeringMode(String label) {
        this.label = label;
    }

    /** The name in YAML. */
    public String label() {
        return label;
    }
}
