package dev.foresail.eval.consensus;

import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Paxos after Paxos.tla (Lamport): one node is the whole system, its state is what was ever sent, each call is a step of
 * the specification, and each candidate one way to take it.
 */
@Protocol("paxos-sets")
public final class PaxosSets {
    /** What an acceptor did in a ballot. */
    public record Slot(int ballot, int acceptor) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            return Comparator.comparingInt(Slot::ballot)
                    .thenComparingInt(Slot::acceptor)
                    .compare(this, other);
        }
    }

    /** A vote; ballot -1 is none. */
    public record Vote(int ballot, int value) {
        static final Vote NONE = new Vote(-1, -1);
    }

    /**
     * A way to propose a value.
     *
     * @param witness the acceptor whose vote asks for the value; 0 when no acceptor of the quorum has voted
     */
    public record Proposal(int ballot, int value, List<Integer> quorum, int witness) {
        public Proposal {
            quorum = List.copyOf(quorum);
        }
    }

    final int acceptors;
    final int values;

    /** 1a: the ballots that were begun. */
    final SortedSet<Integer> begun = new TreeSet<>();

    /** 1b: who promised to take part in nothing below the ballot, and its last vote then. */
    final SortedMap<Slot, Vote> promises = new TreeMap<>();

    /** 2a: the value proposed in a ballot. */
    final SortedMap<Integer, Integer> proposed = new TreeMap<>();

    /** 2b: who voted in a ballot, for what was proposed. */
    final SortedSet<Slot> votes = new TreeSet<>();

    /**
     * @param acceptors how many there are
     * @param values how many values may be proposed
     */
    public PaxosSets(@Default("3") int acceptors, @Default("2") int values) {
        this.acceptors = acceptors;
        this.values = values;
    }

    private Vote lastVote(int acceptor) {
        Vote last = Vote.NONE;
        for (Slot slot : votes) {
            if (slot.acceptor() == acceptor) {
                last = new Vote(slot.ballot(), value(slot.ballot()));
            }
        }
        return last;
    }

    private int value(int ballot) {
        return Objects.requireNonNull(proposed.get(ballot));
    }

    /** The highest ballot that the acceptor has taken part in; -1: none. */
    private int highest(int acceptor) {
        int highest = -1;
        for (int ballot : begun) {
            Slot slot = new Slot(ballot, acceptor);
            if (promises.containsKey(slot) || votes.contains(slot)) {
                highest = ballot;
            }
        }
        return highest;
    }

    /** Who may promise now, in which ballot. */
    List<Slot> possiblePromises() {
        List<Slot> possible = new ArrayList<>();
        for (int acceptor = 1; acceptor <= acceptors; acceptor++) {
            for (int ballot : begun.tailSet(highest(acceptor) + 1)) {
                possible.add(new Slot(ballot, acceptor));
            }
        }
        return possible;
    }

    /** Who may vote now, in which ballot. */
    List<Slot> possibleVotes() {
        List<Slot> possible = new ArrayList<>();
        for (int acceptor = 1; acceptor <= acceptors; acceptor++) {
            for (int ballot : proposed.tailMap(highest(acceptor)).keySet()) {
                possible.add(new Slot(ballot, acceptor));
            }
        }
        return possible;
    }

    /** What may be proposed now, once for each quorum and each highest vote in it that asks for the value. */
    List<Proposal> possibleProposals() {
        List<Proposal> possible = new ArrayList<>();
        for (int ballot : begun) {
            if (!proposed.containsKey(ballot)) {
                Quorums.of(acceptors).forEach(quorum -> addProposals(ballot, quorum, possible));
            }
        }
        return possible;
    }

    private void addProposals(int ballot, List<Integer> quorum, List<Proposal> possible) {
        int highest = -1;
        for (int acceptor : quorum) {
            Vote reported = promises.get(new Slot(ballot, acceptor));
            if (reported == null) {
                return;
            }
            highest = Math.max(highest, reported.ballot());
        }
        if (highest < 0) {
            for (int value = 1; value <= values; value++) {
                possible.add(new Proposal(ballot, value, quorum, 0));
            }
            return;
        }
        for (int acceptor : quorum) {
            Vote reported = Objects.requireNonNull(promises.get(new Slot(ballot, acceptor)));
            if (reported.ballot() == highest) {
                possible.add(new Proposal(ballot, reported.value(), quorum, acceptor));
            }
        }
    }

    /** 1a, which may be sent again. */
    @OnCall
    void begin(int ballot) {
        begun.add(ballot);
    }

    @OnCall
    void promise(@ChoicePoint(from = "possiblePromises") Slot slot) {
        promises.put(slot, lastVote(slot.acceptor()));
    }

    @OnCall
    void propose(@ChoicePoint(from = "possibleProposals") Proposal proposal) {
        proposed.put(proposal.ballot(), proposal.value());
    }

    @OnCall
    void vote(@ChoicePoint(from = "possibleVotes") Slot slot) {
        votes.add(slot);
    }

    /** No two values are chosen, each by all votes of a quorum in one ballot. */
    @Safety
    static boolean agreement(PaxosSets system) {
        SortedSet<Integer> chosen = new TreeSet<>();
        for (int ballot : system.proposed.keySet()) {
            long voters = system.votes.stream()
                    .filter(slot -> slot.ballot() == ballot)
                    .count();
            if (2 * voters > system.acceptors) {
                chosen.add(system.value(ballot));
            }
        }
        return chosen.size() <= 1;
    }
}
