package dev.foresail.predictor.scenario.fault;

import java.time.Duration;

/** What can go wrong by chance, by the names that the command line and tests use. */
public enum FaultKind {
    /** A node crashes, and starts again with its durable state when the fault is over. */
    CRASH("crash", Duration.ofSeconds(5)),
    /** A node crashes, and starts again with nothing. */
    AMNESIA("amnesia", Duration.ofSeconds(5)),
    /** A node loses everything and starts at once, of which nobody is told. */
    SILENT_RESET("silent-reset", Duration.ZERO),
    /** The connection between two nodes breaks. */
    BREAK("break", Duration.ZERO),
    /** Nothing passes between two nodes. */
    CUT("cut", Duration.ofSeconds(5)),
    /** Two groups of nodes are cut off from each other. */
    PARTITION("partition", Duration.ofSeconds(5)),
    /** A node handles nothing. */
    PAUSE("pause", Duration.ofSeconds(1));

    private final String label;
    private final Duration usually;

    FaultKind(String label, Duration usually) {
        this.label = label;
        this.usually = usually;
    }

    public String label() {
        return label;
    }

    /** How long it lasts unless somebody says otherwise; zero of what is over at once. */
    public Duration usually() {
        return usually;
    }
}
