package dev.foresail.eval.proposer;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;
import dev.foresail.eval.proposer.LogMessages.Forward;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Multi-decree Paxos with a fixed leader, once it leads (Lamport, "Paxos Made Simple", section 3): it proposes all commands, in consecutive
 * slots, and every replica executes them in order. Left out: electing a leader, and what a new one does about the slots of
 * an old one (phase 1).
 */
@Protocol("paxos-fixed-leader")
public final class FixedLeader implements LogState {
    final int replicas;
    final int leader;

    final SortedMap<Long, Entry> log = new TreeMap<>();
    final SortedMap<Long, Integer> accepters = new TreeMap<>();
    final SortedMap<Long, Long> waiting = new TreeMap<>();
    long asked;
    long executed;
    /** The leader's next slot. */
    long next;

    public FixedLeader(@Default("5") int replicas, @Default("1") int leader) {
        if (leader < 1 || leader > replicas) {
            throw new IllegalArgumentException(
                    "the leader is one of the replicas 1 to " + replicas + ", not " + leader);
        }
        this.replicas = LogSteps.checkedReplicas(replicas);
        this.leader = leader;
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
        if (node.self().value() == leader) {
            LogSteps.propose(this, next++, command, 0, node);
        } else {
            node.send(NodeId.of(leader), new Forward(command));
        }
    }

    @OnMessage
    void accept(Accept accept, @From NodeId from, Node node) {
        LogSteps.accept(this, accept);
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
    static boolean isAgreed(SystemView<FixedLeader> view) {
        return LogSteps.isAgreed(view);
    }
}
