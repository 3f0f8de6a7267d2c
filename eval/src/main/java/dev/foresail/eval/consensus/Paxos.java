package dev.foresail.eval.consensus;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Each;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Multiset;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.Stable;
import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Paxos for one decision: every node proposes, accepts and learns. Messages may be lost, doubled and overtaken. The nodes
 * are {@code n1} to {@code n<size>}; a round belongs to one of them, the remainder of the round by the size says which.
 *
 * <p>Bugs to be switched on:
 * <ul>
 *   <li>PX-1: a proposer takes up what the last promise told, not what was accepted in the highest round;
 *   <li>PX-2: an acceptor forgets in a crash what it has promised and accepted.
 * </ul>
 *
 * <p>A node's {@code votes}, everything that it has ever accepted, are of no use to the protocol itself. They are there for the
 * properties of votes, which are violated before anybody learns a wrong value: at the first vote against a majority.
 */
@Protocol("paxos")
public final class Paxos {
    /** "I want to propose in this round." */
    public record Prepare(int round) {}

    /** "I take part in no lower round; this I have accepted so far." */
    public record Promise(int round, Optional<Proposal> accepted) {}

    /** "Accept this." */
    public record Accept(Proposal proposal) {}

    /** "I have accepted what was proposed in this round." */
    public record Accepted(int round) {}

    /** "This was chosen." */
    public record Chosen(int value) {}

    /** A value proposed in a round; earlier rounds come first. */
    public record Proposal(int round, int value) implements Comparable<Proposal> {
        @Override
        public int compareTo(Proposal other) {
            int byRound = Integer.compare(round, other.round);
            return byRound == 0 ? Integer.compare(value, other.value) : byRound;
        }
    }

    final String bug;
    final int size;
    final int mostRounds;
    final Duration patience;
    final boolean keepsVotes;

    @Durable
    int promised;

    @Durable
    Optional<Proposal> accepted = Optional.empty();

    /** What was chosen, as far as is known here: at most one value, were it not for bugs. */
    @Durable
    @Stable
    final SortedSet<Integer> chosen = new TreeSet<>();

    /** Everything that was ever accepted here, if that is kept. */
    @Durable
    @Stable
    final SortedSet<Proposal> votes = new TreeSet<>();

    int wish;
    int roundsBegun;
    /** The round that this node proposes in; 0 for none. */
    int round;

    Optional<Proposal> told = Optional.empty();
    final SortedSet<NodeId> promisers = new TreeSet<>();
    Optional<Proposal> proposal = Optional.empty();
    final SortedSet<NodeId> accepters = new TreeSet<>();
    /** Who may not have heard what was chosen, as the connection broke. */
    final SortedSet<NodeId> unsure = new TreeSet<>();

    /**
     * @param bug the bug that is in, or {@code none}
     * @param mostRounds how many rounds a node begins for one wish at most
     * @param patience how long a round may take before the next is begun
     * @param keepsVotes whether a node keeps all its votes, for the properties of votes; without them these say nothing
     */
    public Paxos(
            @Default("none") String bug,
            @Default("3") int size,
            @Default("1000000") int mostRounds,
            @Default("1s") Duration patience,
            @Default("true") boolean keepsVotes) {
        this.bug = bug;
        this.size = size;
        this.mostRounds = mostRounds;
        this.patience = patience;
        this.keepsVotes = keepsVotes;
    }

    @OnRestart
    void restart() {
        if (bug.equals("PX-2")) {
            promised = 0;
            accepted = Optional.empty();
            votes.clear();
        }
    }

    boolean isIdle() {
        return roundsBegun == 0;
    }

    @OnCall(when = "isIdle")
    void propose(int value, Node node) {
        wish = value;
        beginRound(node);
    }

    @OnTimer("patience")
    void impatient(Node node) {
        if (chosen.isEmpty()) {
            beginRound(node);
        }
    }

    private void beginRound(Node node) {
        int own = (int) (node.self().value() % size);
        round = (promised / size + 1) * size + own;
        promisers.clear();
        accepters.clear();
        told = Optional.empty();
        proposal = Optional.empty();
        roundsBegun++;
        if (roundsBegun < mostRounds) {
            node.setTimer("patience", patience);
        }
        tellOthers(new Prepare(round), node);
        promised = round;
        promise(node.self(), accepted, node);
    }

    boolean isNewEnough(Prepare prepare) {
        return prepare.round() > promised;
    }

    @OnMessage(when = "isNewEnough", otherwise = Otherwise.DROP)
    void prepare(Prepare prepare, @From NodeId from, Node node) {
        promised = prepare.round();
        node.send(from, new Promise(promised, accepted));
    }

    boolean isOfThisRound(Promise promise) {
        return promise.round() == round && proposal.isEmpty();
    }

    @OnMessage(when = "isOfThisRound", otherwise = Otherwise.DROP)
    void promised(Promise promise, @From NodeId from, Node node) {
        promise(from, promise.accepted(), node);
    }

    private void promise(NodeId from, Optional<Proposal> itsAccepted, Node node) {
        int highest = told.map(Proposal::round).orElse(0);
        if (bug.equals("PX-1") || itsAccepted.map(Proposal::round).orElse(0) > highest) {
            told = itsAccepted;
        }
        promisers.add(from);
        if (isMajority(promisers)) {
            Proposal made = new Proposal(round, told.map(Proposal::value).orElse(wish));
            proposal = Optional.of(made);
            tellOthers(new Accept(made), node);
            if (promised <= round) {
                accept(made);
                accepted(node.self(), made, node);
            }
        }
    }

    boolean isStillPossible(Accept accept) {
        return accept.proposal().round() >= promised;
    }

    @OnMessage(when = "isStillPossible", otherwise = Otherwise.DROP)
    void accept(Accept accept, @From NodeId from, Node node) {
        accept(accept.proposal());
        node.send(from, new Accepted(accept.proposal().round()));
    }

    private void accept(Proposal made) {
        promised = made.round();
        accepted = Optional.of(made);
        if (keepsVotes) {
            votes.add(made);
        }
    }

    boolean isOfThisProposal(Accepted answer) {
        return answer.round() == round && proposal.isPresent();
    }

    @OnMessage(when = "isOfThisProposal", otherwise = Otherwise.DROP)
    void accepted(Accepted answer, @From NodeId from, Node node) {
        accepted(from, proposal.orElseThrow(), node);
    }

    private void accepted(NodeId from, Proposal made, Node node) {
        boolean wasChosen = isMajority(accepters);
        accepters.add(from);
        if (!wasChosen && isMajority(accepters)) {
            learn(made.value(), node);
            tellOthers(new Chosen(made.value()), node);
        }
    }

    @OnMessage
    void chosen(Chosen news, Node node) {
        learn(news.value(), node);
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        if (!chosen.isEmpty()) {
            // Not set again: connections may break more often than that.
            if (unsure.isEmpty()) {
                node.setTimer("reminder", patience);
            }
            unsure.add(peer);
        }
    }

    @OnTimer("reminder")
    void remind(Node node) {
        unsure.forEach(peer -> node.send(peer, new Chosen(chosen.first())));
        unsure.clear();
    }

    private void learn(int value, Node node) {
        chosen.add(value);
        node.cancelTimer("patience");
    }

    /** What was chosen, as far as is known here; not to be changed. */
    public SortedSet<Integer> chosen() {
        return Collections.unmodifiableSortedSet(chosen);
    }

    private boolean isMajority(SortedSet<NodeId> nodes) {
        return nodes.size() > size / 2;
    }

    private void tellOthers(Record message, Node node) {
        for (int number = 1; number <= size; number++) {
            NodeId other = NodeId.of(number);
            if (!other.equals(node.self())) {
                node.send(other, message);
            }
        }
    }

    /** At most one value is chosen. */
    @Safety
    static boolean isAgreed(@Each("chosen") Multiset<Integer> chosen) {
        return chosen.distinct() <= 1;
    }

    /** Who votes once a majority has voted for a value, votes for that value too. */
    @Safety
    static boolean isMajorityFollowed(SystemView<Paxos> system) {
        for (Proposal majority : majorities(system)) {
            for (NodeId node : system.nodes()) {
                for (Proposal vote : system.state(node).votes) {
                    if (vote.round() >= majority.round() && vote.value() != majority.value()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** No majority has voted for another value than any other majority, nor has anybody learnt another one. */
    @Safety
    static boolean isMajorityAgreed(SystemView<Paxos> system) {
        SortedSet<Integer> values = new TreeSet<>();
        majorities(system).forEach(majority -> values.add(majority.value()));
        if (!values.isEmpty()) {
            system.nodes().forEach(node -> values.addAll(system.state(node).chosen));
        }
        return values.size() <= 1;
    }

    /** What a majority has voted for. */
    private static SortedSet<Proposal> majorities(SystemView<Paxos> system) {
        SortedMap<Proposal, SortedSet<NodeId>> voters = new TreeMap<>();
        SortedSet<Proposal> majorities = new TreeSet<>();
        for (NodeId node : system.nodes()) {
            for (Proposal vote : system.state(node).votes) {
                SortedSet<NodeId> same = voters.computeIfAbsent(vote, first -> new TreeSet<>());
                same.add(node);
                if (same.size() > system.state(node).size / 2) {
                    majorities.add(vote);
                }
            }
        }
        return majorities;
    }

    @Liveness(within = "60s")
    static boolean isDecided(SystemView<Paxos> system) {
        return system.all(node -> !node.chosen.isEmpty());
    }
}
