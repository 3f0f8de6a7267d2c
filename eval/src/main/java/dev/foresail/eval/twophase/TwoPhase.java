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
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Two-phase commit after TwoPhase.tla (Lamport): node n0 is the transaction manager, n1 to n{@code rms} are the resource
 * managers. What a node does of its own accord is a call.
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

    /** How far a node is; the transaction manager is never {@code PREPARED}. */
    public enum Phase {
        WORKING,
        PREPARED,
        COMMITTED,
        ABORTED
    }

    final int rms;

    Phase phase = Phase.WORKING;
    final SortedSet<NodeId> prepared = new TreeSet<>();

    /** @param rms how many resource managers there are */
    public TwoPhase(@Default("3") int rms) {
        this.rms = rms;
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
