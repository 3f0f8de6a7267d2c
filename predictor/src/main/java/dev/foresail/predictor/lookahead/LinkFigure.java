package dev.foresail.predictor.lookahead;

import java.util.Arrays;
import java.util.List;

/** What a node can know of a link, by the names that operators use. */
public enum LinkFigure {
    /** The round trip, in milliseconds. */
    RTT("rtt"),
    /** What goes through, in megabits per second. */
    BANDWIDTH("bandwidth"),
    /** The share of messages that is lost, 0 to 1. */
    LOSS("loss");

    /** All names. */
    public static final List<String> NAMES =
            Arrays.stream(values()).map(LinkFigure::label).toList();

    private final String label;

    LinkFigure(String label) {
        this.label = label;
    }

    /** The name in YAML. */
    public String label() {
        return label;
    }
}
