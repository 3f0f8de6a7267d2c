package dev.foresail.eval.consensus;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnPhase;
import dev.foresail.choice.Phase;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * Single-decree Paxos as {@link SingleDecree}, in two phases: three acceptors n11 to n13; a proposer with the id p owns ballot p, would like value p,
 * and tries once.
 */
@Protocol("phased-decree")
public final class PhasedDecree {
    static final List<NodeId> ACCEPTORS = List.of(NodeId.of(11), NodeId.of(12), NodeId.of(13));

    /** 1a: a proposer asks for promises. */
    public record Prepare(int ballot) {}

    /** 1b: an acceptor will take part in nothing below what it was asked for, and tells its last vote. */
    public record Promise(Vote last) {}

    /** 2a: a proposer asks for votes. */
    public record Propose(Vote vote) {}

    /** 2b: an acceptor has voted. */
    public record Accepted() {}

    /** A vote; ballot 0 is none. */
    public record Vote(int ballot, int value) {
        static final Vote NONE = new Vote(0, 0);
        static final Comparator<Vote> BY_BALLOT = Comparator.comparingInt(Vote::ballot);
    }

    final Phase<Prepare, Promise> promises = new Phase<>();
    final Phase<Propose, Accepted> votes = new Phase<>();
    boolean hasBegun;
    int decided;

    /** Of an acceptor: the highest ballot it has taken part in. */
    int highest;

    Vote last = Vote.NONE;

    boolean isIdle() {
        return !hasBegun;
    }

    boolean isNewer(Prepare message) {
        return message.ballot() > highest;
    }

    boolean isNotOlder(Propose message) {
        return message.vote().ballot() >= highest;
    }

    /** Asked of a proposer. */
    @OnCall(when = "isIdle")
    void propose(Node node) {
        hasBegun = true;
        promises.begin(new Prepare(Math.toIntExact(node.self().value())), ACCEPTORS);
    }

    @OnMessage(when = "isNewer")
    Promise promise(Prepare message) {
        highest = message.ballot();
        return new Promise(last);
    }

    @OnPhase(of = "promises", until = "majority", otherwise = "giveUp")
    void promised(Prepare asked, SortedMap<NodeId, Promise> answers) {
        Vote best = Collections.max(answers.values().stream().map(Promise::last).toList(), Vote.BY_BALLOT);
        int value = best.equals(Vote.NONE) ? asked.ballot() : best.value();
        votes.begin(new Propose(new Vote(asked.ballot(), value)), ACCEPTORS);
    }

    @OnMessage(when = "isNotOlder")
    Accepted accept(Propose message) {
        highest = message.vote().ballot();
        last = message.vote();
        return new Accepted();
    }

    @OnPhase(of = "votes", until = "majority", otherwise = "giveUp")
    void accepted(Propose asked) {
        decided = asked.vote().value();
    }

    /** Too few acceptors can be reached. */
    void giveUp() {}

    /** No two proposers decide differently. */
    @Safety
    static boolean agreement(SystemView<PhasedDecree> system) {
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
