package dev.foresail.choice.sample;

import dev.foresail.choice.ControlState;
import dev.foresail.choice.In;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.Protocol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A protocol with handlers of changes: of fields of every kind, of guards, of control states; and one that comes to no end. */
@Protocol("committee")
public final class Committee {
    /** What a committee does. */
    public enum Session {
        CLOSED,
        OPEN
    }

    @ControlState
    public Session session = Session.CLOSED;

    public Optional<NodeId> chair = Optional.empty();
    public final SortedSet<NodeId> members = new TreeSet<>();
    public Deque<String> agenda = new ArrayDeque<>();
    public final SortedMap<NodeId, Deque<Integer>> votes = new TreeMap<>();
    public final int[] seats = new int[2];
    public double budget;
    public int turns;
    /** What handlers of changes have seen, in order. */
    public final List<String> seen = new ArrayList<>();

    boolean hasQuorum() {
        return members.size() >= 2;
    }

    @OnCall
    void join(NodeId member) {
        members.add(member);
    }

    @OnCall
    void leave(NodeId member) {
        members.remove(member);
    }

    @OnCall
    void comeAndGo(NodeId member) {
        members.add(member);
        members.remove(member);
    }

    @OnCall
    void replaceAgenda(List<String> items) {
        agenda = items.isEmpty() ? null : new ArrayDeque<>(items);
    }

    @OnCall
    void vote(NodeId member, int item) {
        votes.computeIfAbsent(member, each -> new ArrayDeque<>()).add(item);
    }

    @OnCall
    void seat(int place, double cost) {
        seats[place]++;
        budget += cost;
    }

    @OnCall
    void turn() {
        turns = 1;
    }

    @OnCall
    void failing(NodeId member, Node node) {
        members.add(member);
        throw node.fail("no");
    }

    /** A chair is a member, always. */
    @OnChange("members")
    void chooseChair(SortedSet<NodeId> before, Node node) {
        seen.add("members were " + before);
        before.clear();
        chair = members.stream().findFirst();
        node.note("members: " + members);
    }

    @OnChange({"chair", "session"})
    void tellChair(Optional<NodeId> chairBefore, Session sessionBefore) {
        seen.add("chair was " + chairBefore + ", " + sessionBefore);
    }

    @OnChange(when = "hasQuorum")
    void open() {
        session = Session.OPEN;
    }

    @OnChange(when = "!hasQuorum")
    void close() {
        session = Session.CLOSED;
    }

    @OnChange
    @In("OPEN")
    void opened(Node node) {
        seen.add("opened by " + node.self().value());
    }

    @OnChange(value = "agenda", when = "hasQuorum")
    void discuss() {
        seen.add("discuss " + agenda);
    }

    @OnChange("votes")
    void count() {
        seen.add("votes " + votes.size());
    }

    @OnChange({"seats", "budget"})
    void pay(int[] seatsBefore, double budgetBefore) {
        seen.add("paid " + (budget - budgetBefore) + " for seat " + (seats[0] == seatsBefore[0] ? 1 : 0));
    }

    @OnChange("turns")
    void turnAgain() {
        turns++;
    }
}
