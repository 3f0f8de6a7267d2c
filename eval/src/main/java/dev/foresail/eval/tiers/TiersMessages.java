package dev.foresail.eval.tiers;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.sketch.Quantiles;
import java.util.Optional;

/** What nodes of tiers send each other, and keep. */
public final class TiersMessages {
    private TiersMessages() {}

    /** Front end to broker. */
    public record Request(int number) {}

    /** Broker to server. */
    public record Task(NodeId client, int number) {}

    /** Server to front end. */
    public record Answer(int number) {}

    /**
     * What a server is to do.
     *
     * @param client who is answered when it is done; empty for the server's own
     * @param nanos what is left of it
     */
    public record Work(Optional<NodeId> client, int number, long nanos) {}

    /**
     * What servers do besides.
     *
     * @param nanos how long jobs take
     * @param gapNanos how long it is from one to the next in the mean
     */
    public record Jobs(Quantiles nanos, Quantiles gapNanos) {
        static final Jobs NONE = new Jobs(Quantiles.EMPTY, Quantiles.EMPTY);

        Jobs plus(Jobs others) {
            return new Jobs(nanos.plus(others.nanos), gapNanos.plus(others.gapNanos));
        }
    }
}
