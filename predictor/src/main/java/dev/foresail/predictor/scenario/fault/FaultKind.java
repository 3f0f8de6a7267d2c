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
    PAUSE("pause", Duration.ofSeconds(1)),
    /** Nothing passes from a node to another, but in the other direction it does. */
    ONE_WAY_CUT("one-way-cut", Duration.ofSeconds(5)),
    /** Nothing passes from one of two groups of nodes to the other. */
    ONE_WAY_PARTITION("one-way-partition", Duration.ofSeconds(5)),
    /** What is sent to a node and from it waits. */
    CLOG("clog", Duration.ofSeconds(2)),
    /** Some nodes are clogged one after the other, and freed in another order. */
    SWIZZLE_CLOG("swizzle-clog", Duration.ofSeconds(5)),
    /** What two nodes send to each other takes longer. */
    DELAY_SPIKE("delay-spike", Duration.ofSeconds(5)),
    /** Messages between two nodes vanish. */
    LOSS("loss", Duration.ofSeconds(5)),
    /** Messages between two nodes are delivered twice. */
    DUPLICATING("duplicating", Duration.ofSeconds(5)),
    /** Messages between two nodes overtake each other. */
    UNORDERED("unordered", Duration.ofSeconds(5)),
    /** Every event takes a node a while. */
    SLOW("slow", Duration.ofSeconds(5)),
    /** A node's clock drifts, and may jump ahead before. */
    CLOCK("clock", Duration.ofSeconds(10)),
    /** A node crashes, and the last writes of its durable fields are lost. */
    LOST_WRITES("lost-writes", Duration.ofSeconds(5)),
    /** A node crashes, and of the last write of its durable fields a part is lost. */
    TORN_WRITES("torn-writes", Duration.ofSeconds(5)),
    /** A node leaves, and comes back with nothing. */
    CHURN("churn", Duration.ofSeconds(20)),
    /** A node leaves for good. */
    LEAVE("leave", Duration.ZERO);

    private final String label;
    private final Duration usually;

    FaultKind(String label, Duration usually) {
        this.label = label;
        this.usually = usually;
    }

    public String label() {
        return label;
    }

    /** Whether a swarm may draw it: not what never heals, nor what no sound disk does, of which every protocol would be found guilty. */
    public boolean isOfSwarms() {
        return this != LEAVE && this != LOST_WRITES && this != TORN_WRITES;
    }

    /** How long it lasts unless somebody says otherwise; zero of what is over at once. */
    public Duration usually() {
        return usually;
    }

    /** Whether connections of live nodes can bring it about: they never lose, repeat or reorder a message while they are whole. */
    public boolean isOfConnections() {
        return this != LOSS && this != DUPLICATING && this != UNORDERED;
    }
}
