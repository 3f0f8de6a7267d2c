package dev.foresail.eval.twophase;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two-phase commit after TwoPhase.tla (Lamport): node n0 is the transaction manager, n1 to n{@code rms} are the resource
 * managers. What a node does of its own accord is a call.
 *
 * <p>With ballast a node has the size of a real one: no handler changes it, but every copy and every encoding of a state
 * has to take it along. Worlds and steps are the same with any ballast.
 */
@Protocol("twophase")
public final class TwoPhase {
    static final NodeId MANAGER = NodeId.of(0);

    /** A resource manager tells the transaction manager that it is ready to commit. */
    public record Prepared() {}

    /** The transaction manager's decision. */
    public record Commit() {}

    /** The transaction manager's decision. */
    public record Abort() {}

    /** Ballast: a line of a node's log. */
    public record Entry(long index, long term, String operation) {}

    /** Ballast: what a node has of single values. */
    public record Progress(
            long term, long commitIndex, long lastApplied, int retries, boolean isReadOnly, double load) {
        static final Progress HEAVY = new Progress(7, 123_456, 123_450, 3, false, 0.75);
    }

    /** How far a node is; the transaction manager is never {@code PREPARED}. */
    public enum Phase {
        WORKING,
        PREPARED,
        COMMITTED,
        ABORTED
    }

    final int rms;
    final int ballast;

    Optional<Progress> progress = Optional.empty();
    final SortedMap<NodeId, Long> nextIndex = new TreeMap<>();
    final SortedSet<NodeId> members = new TreeSet<>();
    final List<Entry> log = new ArrayList<>();
    Phase phase = Phase.WORKING;
    final SortedSet<NodeId> prepared = new TreeSet<>();

    /**
     * @param rms how many resource managers there are
     * @param ballast the size of a map and a set that are carried along, twice that of a list; 0: nothing is
     */
    public TwoPhase(@Default("3") int rms, @Default("0") int ballast) {
        this.rms = rms;
        this.ballast = ballast;
        if (ballast > 0) {
            progress = Optional.of(Progress.HEAVY);
        }
        for (int number = 1; number <= ballast; number++) {
            nextIndex.put(NodeId.of(number), 123_456L + number);
            members.add(NodeId.of(number));
        }
        for (int number = 1; number <= ballast / 2; number++) {
            log.add(new Entry(123_450L + number, 7, "put key-" + number));
        }
    }

    boolean isManager(Node node) {
        return node.self().equals(MANAGER);
    }

    boolean isWorking() {
        return phase == Phase.WORKING;
    }

    boolean areAllPrepared() {
        return prepared.size() == rms;
    }

    /** Asked of a resource manager: its part of the work is done. */
    @OnCall(when = {"!isManager", "isWorking"})
    void prepare(Node node) {
        phase = Phase.PREPARED;
        node.send(MANAGER, new Prepared());
    }

    /** Asked of a resource manager: its part of the work cannot be done. It aborts without a word. */
    @OnCall(when = {"!isManager", "isWorking"})
    void giveUp() {
        phase = Phase.ABORTED;
    }

    @OnMessage(when = "isWorking")
    void count(Prepared message, @From NodeId resourceManager) {
        prepared.add(resourceManager);
    }

    /** Asked of the transaction manager. */
    @OnCall(when = {"isManager", "isWorking", "areAllPrepared"})
    void commit(Node node) {
        phase = Phase.COMMITTED;
        sendToAll(new Commit(), node);
    }

    /** Asked of the transaction manager. */
    @OnCall(when = {"isManager", "isWorking"})
    void abort(Node node) {
        phase = Phase.ABORTED;
        sendToAll(new Abort(), node);
    }

    private void sendToAll(Object decision, Node node) {
        for (int number = 1; number <= rms; number++) {
            node.send(NodeId.of(number), decision);
        }
    }

    @OnMessage
    void obey(Commit decision) {
        phase = Phase.COMMITTED;
    }

    @OnMessage
    void giveIn(Abort decision) {
        phase = Phase.ABORTED;
    }

    /** No resource manager has aborted while another has committed. */
    @Safety
    static boolean consistent(SystemView<TwoPhase> system) {
        boolean isAborted = false;
        boolean isCommitted = false;
        for (NodeId node : system.nodes()) {
            if (!node.equals(MANAGER)) {
                Phase phase = system.state(node).phase;
                isAborted |= phase == Phase.ABORTED;
                isCommitted |= phase == Phase.COMMITTED;
            }
        }
        return !(isAborted && isCommitted);
    }
}
