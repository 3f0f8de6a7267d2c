package dev.foresail.eval.consensus;

import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Single-decree Paxos: three acceptors n11 to n13; a proposer with the id p owns ballot p, would like value p, and tries
 * once.
 */
@Protocol("single-decree")
public final class SingleDecree {
    static final List<NodeId> ACCEPTORS = List.of(NodeId.of(11), NodeId.of(12), NodeId.of(13));

    /** 1a: a proposer asks for promises. */
    public record Prepare(int ballot) {}

    /** 1b: an acceptor will take part in nothing below {@code ballot}, and tells its last vote. */
    public record Promise(int ballot, Vote last) {}

    /** 2a: a proposer asks for votes. */
    public record Propose(Vote vote) {}

    /** 2b: an acceptor has voted. */
    public record Accepted(Vote vote) {}

    /** A vote; ballot 0 is none. */
    public record Vote(int ballot, int value) {
        static final Vote NONE = new Vote(0, 0);
    }

    /** How far a proposer is. */
    public enum Phase {
        IDLE,
        PREPARING,
        PROPOSING,
        DECIDED
    }

    Phase phase = Phase.IDLE;
    final SortedSet<NodeId> promised = new TreeSet<>();
    Vote best = Vote.NONE;
    final SortedSet<NodeId> accepted = new TreeSet<>();
    int decided;

    /** Of an acceptor: the highest ballot it has taken part in. */
    int highest;

    Vote last = Vote.NONE;

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    boolean isPreparing() {
        return phase == Phase.PREPARING;
    }

    boolean isProposing() {
        return phase == Phase.PROPOSING;
    }

    boolean isNewer(Prepare message) {
        return message.ballot() > highest;
    }

    boolean isNotOlder(Propose message) {
        return message.vote().ballot() >= highest;
    }

    private static boolean isMajority(SortedSet<NodeId> acceptors) {
        return acceptors.size() > ACCEPTORS.size() / 2;
    }

    /** Asked of a proposer. */
    @OnCall(when = "isIdle")
    void propose(Node node) {
        phase = Phase.PREPARING;
        ACCEPTORS.forEach(acceptor -> node.send(acceptor, new Prepare(ownNumber(node))));
    }

    /** A proposer's ballot and the value that it would like. */
    private static int ownNumber(Node node) {
        return Math.toIntExact(node.self().value());
    }

    @OnMessage(when = "isNewer")
    void promise(Prepare message, @From NodeId proposer, Node node) {
        highest = message.ballot();
        node.send(proposer, new Promise(message.ballot(), last));
    }

    @OnMessage(when = "isPreparing")
    void count(Promise message, @From NodeId acceptor, Node node) {
        promised.add(acceptor);
        if (message.last().ballot() > best.ballot()) {
            best = message.last();
        }
        if (isMajority(promised)) {
            phase = Phase.PROPOSING;
            int value = best.equals(Vote.NONE) ? ownNumber(node) : best.value();
            ACCEPTORS.forEach(each -> node.send(each, new Propose(new Vote(ownNumber(node), value))));
        }
    }

    @OnMessage(when = "isNotOlder")
    void accept(Propose message, @From NodeId proposer, Node node) {
        highest = message.vote().ballot();
        last = message.vote();
        node.send(proposer, new Accepted(message.vote()));
    }

    @OnMessage(when = "isProposing")
    void count(Accepted message, @From NodeId acceptor) {
        accepted.add(acceptor);
        if (isMajority(accepted)) {
            phase = Phase.DECIDED;
            decided = message.vote().value();
        }
    }

    /** No two proposers decide differently. */
    @Safety
    static boolean agreement(SystemView<SingleDecree> system) {
        int agreed = 0;
        for (NodeId node : system.nodes()) {
            int decided = ACCEPTORS.contains(node) ? 0 : system.state(node).decided;
            if (agreed != 0 && decided != 0 && decided != agreed) {
                return false;
            }
            agreed = Math.max(agreed, decided);
        }
        return true;
    }
}
