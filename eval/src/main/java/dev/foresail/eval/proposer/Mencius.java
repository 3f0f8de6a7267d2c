package dev.foresail.eval.proposer;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Entry;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Mencius (Mao, Junqueira, Marzullo, "Mencius: Building Efficient Replicated State Machines for WANs", OSDI 2008): slots belong to
 * the replicas in turn, and each proposes its own clients' commands in its own slots. Whoever hears of a slot above its own
 * next one skips those below and says so, with whatever it sends next: connections are ordered, so what was not proposed below what a replica says is
 * free never will be. A replica executes a slot when all below are chosen or skipped, so it waits for the slowest. Left out: revoking the
 * slots of a replica that is suspected, batches, and executing out of order what commutes.
 */
@Protocol("paxos-mencius")
public final class Mencius implements LogState {
    final int replicas;

    final SortedMap<Long, Entry> log = new TreeMap<>();
    final SortedMap<Long, Integer> accepters = new TreeMap<>();
    final SortedMap<Long, Long> waiting = new TreeMap<>();
    long asked;
    long executed;
    /** This replica's next slot. */
    long next;
    /** Below it a replica proposes nothing more, as far as it has said. */
    final SortedMap<Long, Long> free = new TreeMap<>();

    public Mencius(@Default("5") int replicas) {
        this.replicas = LogSteps.checkedReplicas(replicas);
    }

    @OnStart
    void start(Node node) {
        next = turn(node.self());
        free.put(turn(node.self()), next);
    }

    /** A client of this replica wants something to be executed. */
    @OnCall
    void submit(long operation, Node node) {
        long slot = next;
        goOnFrom(slot + replicas, node);
        LogSteps.propose(this, slot, LogSteps.asked(this, operation, node), next, node);
    }

    @OnMessage
    void accept(Accept accept, @From NodeId from, Node node) {
        LogSteps.accept(this, accept);
        heard(from, accept.free());
        if (next < accept.slot()) {
            long rounds = (accept.slot() - next + replicas - 1) / replicas;
            goOnFrom(next + rounds * replicas, node);
        }
        node.send(from, new Accepted(accept.slot(), next));
        LogSteps.execute(this, node);
    }

    @OnMessage
    void accepted(Accepted accepted, @From NodeId from, Node node) {
        heard(from, accepted.free());
        LogSteps.accepted(this, accepted.slot(), from, next, node);
        LogSteps.execute(this, node);
    }

    @OnMessage
    void chosen(Chosen chosen, @From NodeId from, Node node) {
        heard(from, chosen.free());
        LogSteps.chosen(this, chosen.slot(), node);
    }

    private void goOnFrom(long slot, Node node) {
        next = slot;
        heard(node.self(), slot);
    }

    private void heard(NodeId from, long slot) {
        free.merge(turn(from), slot, Math::max);
    }

    private static long turn(NodeId replica) {
        return replica.value() - 1;
    }

    @Override
    public boolean isSkipped(long slot) {
        return free.getOrDefault(slot % replicas, 0L) > slot;
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
    static boolean isAgreed(SystemView<Mencius> view) {
        return LogSteps.isAgreed(view);
    }

    @Safety
    static boolean isNothingChosenSkipped(SystemView<Mencius> view) {
        return LogSteps.isNothingChosenSkipped(view);
    }
}
