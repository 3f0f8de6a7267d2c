package dev.foresail.eval.register.paxos;

import dev.foresail.choice.NodeId;
import java.util.Comparator;

/** A ballot, ordered by round, then by server. */
public record Ballot(int round, NodeId server) implements Comparable<Ballot> {
    private static final Comparator<Ballot> ORDER =
            Comparator.comparingInt(Ballot::round).thenComparing(Ballot::server);

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }
}
