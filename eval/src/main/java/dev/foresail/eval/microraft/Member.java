package dev.foresail.eval.microraft;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import java.util.Optional;

/** A member of a group, up or not: the state of a simulated node. Cannot be copied. Not thread-safe. */
final class Member {
    private final Deployment deployment;
    private final MemoryStore.Disk disk;
    private final int incarnation;
    private Optional<RaftHost> host = Optional.empty();

    private Member(Deployment deployment, MemoryStore.Disk disk, int incarnation) {
        this.deployment = deployment;
        this.disk = disk;
        this.incarnation = incarnation;
    }

    /** One that never ran. */
    static Member fresh(Deployment deployment) {
        return new Member(deployment, new MemoryStore.Disk(), 0);
    }

    /** The member after the power was lost: of this one only the disk is left. */
    Member afterPowerLoss() {
        return new Member(deployment, disk, incarnation + 1);
    }

    /** Whether a promise was kept so far in the group of a node. */
    boolean keeps(GroupJudge.Promise promise, NodeId self) {
        return deployment.judgeOf(self).keeps(promise);
    }

    void start(Node node) {
        RaftHost started = new RaftHost(deployment, disk, incarnation, node.self());
        host = Optional.of(started);
        started.start(node);
    }

    void receive(Carried carried, Node node) {
        running().receive(carried.message(), node);
    }

    void wake(Node node) {
        running().wake(node);
    }

    private RaftHost running() {
        return host.orElseThrow(() -> new IllegalStateException("the member was not started"));
    }

    @Override
    public String toString() {
        return "Member{" + host.map(RaftHost::toString).orElse("not started") + ", on disk up to " + disk.lastIndex()
                + "}";
    }
}
