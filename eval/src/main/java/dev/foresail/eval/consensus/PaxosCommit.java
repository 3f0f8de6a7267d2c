package dev.foresail.eval.consensus;

import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Commit by Paxos after PaxosCommit.tla (Gray, Lamport): two resource managers n1 and n2, each with an instance of Paxos
 * among three acceptors that agrees on what it said; ballot 0 is the resource manager's own, ballot 1 a leader's.
 *
 * <p>All that concerns an instance is one node, n11 or n12, because a leader reads what several acceptors sent in one step.
 * The decision reads both instances: the second tells the first of every majority that it has, and the first decides.
 */
@Protocol("paxos-commit")
public final class PaxosCommit {
    static final List<NodeId> RESOURCE_MANAGERS = List.of(NodeId.of(1), NodeId.of(2));
    static final NodeId FIRST_INSTANCE = NodeId.of(11);
    static final NodeId SECOND_INSTANCE = NodeId.of(12);
    private static final int ACCEPTORS = 3;

    /** What a resource manager said; {@code NONE}: nothing is known. */
    public enum Outcome {
        NONE,
        PREPARED,
        ABORTED
    }

    /** How far a resource manager is. */
    public enum Phase {
        WORKING,
        PREPARED,
        COMMITTED,
        ABORTED
    }

    /** 1a of ballot 1. */
    public record Prepare() {}

    /** 2a. */
    public record Propose(int ballot, Outcome outcome) {}

    /** A majority of the second instance's acceptors has voted for {@code outcome}. */
    public record Chosen(Outcome outcome, Majority majority) {}

    /** The decision. */
    public record Commit() {}

    /** The decision. */
    public record Abort() {}

    /** Two acceptors that voted for the same in a ballot. */
    public record Majority(int ballot, List<Integer> acceptors) {
        public Majority {
            acceptors = List.copyOf(acceptors);
        }
    }

    /** Of a resource manager. */
    Phase phase = Phase.WORKING;

    /** 1b: who promised to take part in nothing below ballot 1, and what it had voted for in ballot 0. */
    final NavigableMap<Integer, Outcome> promises = new TreeMap<>();

    /** Whether 2a of ballot 1 was sent. */
    boolean isProposed;

    /** 2b: who voted in ballot 0 and in ballot 1. */
    final List<SortedSet<Integer>> votes = new ArrayList<>(List.of(new TreeSet<>(), new TreeSet<>()));

    /** What the votes in ballot 0 and in ballot 1 are for. */
    final List<Outcome> outcomes = new ArrayList<>(List.of(Outcome.NONE, Outcome.NONE));

    boolean isWorking() {
        return phase == Phase.WORKING;
    }

    private static NodeId instanceOf(NodeId resourceManager) {
        return resourceManager.equals(RESOURCE_MANAGERS.get(0)) ? FIRST_INSTANCE : SECOND_INSTANCE;
    }

    /** Asked of a resource manager: its part of the work is done. */
    @OnCall(when = "isWorking")
    void prepare(Node node) {
        phase = Phase.PREPARED;
        node.send(instanceOf(node.self()), new Propose(0, Outcome.PREPARED));
    }

    /** Asked of a resource manager: its part of the work cannot be done. */
    @OnCall(when = "isWorking")
    void giveUp(Node node) {
        phase = Phase.ABORTED;
        node.send(instanceOf(node.self()), new Propose(0, Outcome.ABORTED));
    }

    @OnMessage
    void obey(Commit decision) {
        phase = Phase.COMMITTED;
    }

    @OnMessage
    void giveIn(Abort decision) {
        phase = Phase.ABORTED;
    }

    /** Asked of an instance's leader: begin ballot 1, once or again. */
    @OnCall
    void lead(Node node) {
        node.send(node.self(), new Prepare());
    }

    private boolean hasLeftBallot0(int acceptor) {
        return promises.containsKey(acceptor) || votes.get(1).contains(acceptor);
    }

    List<Integer> inBallot0() {
        return acceptorsUpTo(0);
    }

    List<Integer> voters(Propose message) {
        return acceptorsUpTo(message.ballot());
    }

    private List<Integer> acceptorsUpTo(int ballot) {
        List<Integer> acceptors = new ArrayList<>();
        for (int acceptor = 1; acceptor <= ACCEPTORS; acceptor++) {
            if (ballot > 0 || !hasLeftBallot0(acceptor)) {
                acceptors.add(acceptor);
            }
        }
        return acceptors;
    }

    @OnMessage
    void promise(Prepare message, @ChoicePoint(from = "inBallot0") int acceptor) {
        promises.put(acceptor, votes.get(0).contains(acceptor) ? outcomes.get(0) : Outcome.NONE);
    }

    boolean isNotProposed() {
        return !isProposed;
    }

    List<List<Integer>> promisedMajorities() {
        return majoritiesOf(promises.navigableKeySet());
    }

    /** Asked of an instance's leader: propose in ballot 1 what the promises ask for. */
    @OnCall(when = "isNotProposed")
    void propose(@ChoicePoint(from = "promisedMajorities") List<Integer> majority, Node node) {
        isProposed = true;
        Outcome outcome = Outcome.ABORTED;
        for (int acceptor : majority) {
            Outcome reported = promises.getOrDefault(acceptor, Outcome.NONE);
            outcome = reported == Outcome.NONE ? outcome : reported;
        }
        node.send(node.self(), new Propose(1, outcome));
    }

    @OnMessage
    void vote(Propose message, @ChoicePoint(from = "voters") int acceptor, Node node) {
        votes.get(message.ballot()).add(acceptor);
        outcomes.set(message.ballot(), message.outcome());
        if (node.self().equals(SECOND_INSTANCE)) {
            tellFirst(Outcome.PREPARED, node);
            tellFirst(Outcome.ABORTED, node);
        }
    }

    private void tellFirst(Outcome outcome, Node node) {
        majoritiesFor(outcome).forEach(majority -> node.send(FIRST_INSTANCE, new Chosen(outcome, majority)));
    }

    List<Majority> preparedMajorities() {
        return majoritiesFor(Outcome.PREPARED);
    }

    List<Majority> abortedMajorities() {
        return majoritiesFor(Outcome.ABORTED);
    }

    private List<Majority> majoritiesFor(Outcome outcome) {
        List<Majority> majorities = new ArrayList<>();
        for (int ballot = 0; ballot < votes.size(); ballot++) {
            if (outcomes.get(ballot) == outcome) {
                for (List<Integer> acceptors : majoritiesOf(votes.get(ballot))) {
                    majorities.add(new Majority(ballot, acceptors));
                }
            }
        }
        return majorities;
    }

    private static List<List<Integer>> majoritiesOf(SortedSet<Integer> acceptors) {
        return Quorums.of(ACCEPTORS).stream().filter(acceptors::containsAll).toList();
    }

    boolean isOfPrepared(Chosen second) {
        return second.outcome() == Outcome.PREPARED;
    }

    /** Both resource managers are known to be prepared. */
    @OnMessage(when = "isOfPrepared")
    void commit(Chosen second, @ChoicePoint(from = "preparedMajorities") Majority first, Node node) {
        RESOURCE_MANAGERS.forEach(each -> node.send(each, new Commit()));
    }

    /** The second resource manager is known to have aborted. */
    @OnMessage(when = "!isOfPrepared")
    void abort(Chosen second, Node node) {
        RESOURCE_MANAGERS.forEach(each -> node.send(each, new Abort()));
    }

    /** Asked of the first instance's leader: the first resource manager is known to have aborted. */
    @OnCall
    void abort(@ChoicePoint(from = "abortedMajorities") Majority majority, Node node) {
        RESOURCE_MANAGERS.forEach(each -> node.send(each, new Abort()));
    }

    /** No resource manager has aborted while the other has committed. */
    @Safety
    static boolean consistent(SystemView<PaxosCommit> system) {
        boolean isAborted = false;
        boolean isCommitted = false;
        for (NodeId node : RESOURCE_MANAGERS) {
            Phase phase = system.state(node).phase;
            isAborted |= phase == Phase.ABORTED;
            isCommitted |= phase == Phase.COMMITTED;
        }
        return !(isAborted && isCommitted);
    }
}
