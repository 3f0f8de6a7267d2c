package dev.foresail.eval.proposer;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Unit;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;
import dev.foresail.eval.proposer.LogMessages.Forward;
import dev.foresail.eval.proposer.LogMessages.HandOver;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Multi-decree Paxos with its proposer exposed. Whoever proposes has the choice at the end of every term: to {@link #keep} the slots that
 * are free, or to {@link #handOver} them to another replica, which proposes from then on. Only who has the free slots proposes, so a
 * slot has one proposer and needs no phase 1.
 */
@Protocol("paxos-proposer")
public final class ExposedProposer implements LogState {
    final int replicas;
    final Duration term;

    final SortedMap<Long, Entry> log = new TreeMap<>();
    final SortedMap<Long, Integer> accepters = new TreeMap<>();
    final SortedMap<Long, Long> waiting = new TreeMap<>();
    long asked;
    long executed;
    /** The first free slot, as far as is known here. */
    long next;

    NodeId proposer = NodeId.of(1);
    NodeId self = NodeId.of(0);
    final SortedSet<NodeId> others = new TreeSet<>();
    long handOvers;
    /** How long the replica's latest command took. */
    long latencyNanos;

    public ExposedProposer(@Default("5") int replicas, @Default("1s") Duration term) {
        this.replicas = LogSteps.checkedReplicas(replicas);
        this.term = term;
    }

    // choice code

    /** Replicas differ in who they are: what is predicted holds for the same candidates again. */
    @Aggregate
    static NodeId replica(ExposedProposer replica, Known<NodeId> others) {
        return replica.self;
    }

    /** How many commands of clients are not executed yet: on average, as many as come up while one waits (Little's law). */
    @Metric
    static double waiting(SystemView<ExposedProposer> view) {
        return LogSteps.waiting(view);
    }

    /** How long the latest command took in the region where it took longest. */
    @Metric(unit = Unit.NANOSECONDS)
    static double worstLatency(SystemView<ExposedProposer> view) {
        return view.nodes().stream()
                .mapToLong(id -> view.state(id).latencyNanos)
                .max()
                .orElse(0);
    }

    /** How often the proposer has changed: each change makes commands wait that are under way. */
    @Metric
    static double handOvers(SystemView<ExposedProposer> view) {
        return view.nodes().stream().mapToLong(id -> view.state(id).handOvers).sum();
    }

    List<NodeId> itself() {
        return List.of(self);
    }

    @OnTimer(value = "term", choice = "lead")
    void keep(@ChoicePoint(from = "itself", fallback = Fallback.FIRST, repeatable = true) NodeId same, Node node) {
        node.setTimer("term", term);
    }

    @OnTimer(value = "term", choice = "lead")
    void handOver(
            @ChoicePoint(from = "others", fallback = Fallback.FIRST, repeatable = true) NodeId successor, Node node) {
        proposer = successor;
        handOvers++;
        node.send(successor, new HandOver(next));
    }

    // end of choice code

    @OnMessage
    void takeOver(HandOver handOver, Node node) {
        proposer = self;
        next = handOver.slot();
        node.setTimer("term", term);
    }

    @OnStart
    void start(Node node) {
        self = node.self();
        for (int id = 1; id <= replicas; id++) {
            others.add(NodeId.of(id));
        }
        others.remove(self);
        if (proposer.equals(self)) {
            node.setTimer("term", term);
        }
    }

    /** A client of this replica wants something to be executed. */
    @OnCall
    void submit(long operation, Node node) {
        place(LogSteps.asked(this, operation, node), node);
    }

    @OnMessage
    void forwarded(Forward forward, Node node) {
        place(forward.command(), node);
    }

    private void place(Command command, Node node) {
        if (proposer.equals(self)) {
            LogSteps.propose(this, next++, command, 0, node);
        } else {
            node.send(proposer, new Forward(command));
        }
    }

    @OnMessage
    void accept(Accept accept, @From NodeId from, Node node) {
        LogSteps.accept(this, accept);
        if (accept.slot() >= next) {
            next = accept.slot() + 1;
            proposer = from;
        }
        node.send(from, new Accepted(accept.slot(), 0));
    }

    @OnMessage
    void accepted(Accepted accepted, @From NodeId from, Node node) {
        LogSteps.accepted(this, accepted.slot(), from, 0, node);
    }

    @OnMessage
    void chosen(Chosen chosen, Node node) {
        LogSteps.chosen(this, chosen.slot(), node);
    }

    /** Only who has the choice needs to know how the others are. */
    @Neighbours
    SortedSet<NodeId> watched() {
        return proposer.equals(self) ? others : Collections.emptySortedSet();
    }

    @Override
    public void answered(long nanos) {
        latencyNanos = nanos;
    }

    @Override
    public int replicas() {
        return replicas;
    }

    @Override
    public SortedMap<Long, Entry> log() {
        return log;
    }

    @Override
    public SortedMap<Long, Integer> accepters() {
        return accepters;
    }

    @Override
    public SortedMap<Long, Long> waiting() {
        return waiting;
    }

    @Override
    public long countAsked() {
        return ++asked;
    }

    @Override
    public long executed() {
        return executed;
    }

    @Override
    public void executedBelow(long slot) {
        executed = slot;
    }

    @Safety
    static boolean isAgreed(SystemView<ExposedProposer> view) {
        return LogSteps.isAgreed(view);
    }
}
