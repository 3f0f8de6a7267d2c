package dev.foresail.eval.microraft;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.network.random.Hashing;
import io.microraft.Ordered;
import io.microraft.RaftNode;
import io.microraft.RaftRole;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.RaftMessage;
import io.microraft.report.RaftNodeReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a MicroRaft node, from its start to its crash, and the client that asks it while it leads. MicroRaft is as it is published:
 * everything that it does goes through what it is built with here. Not thread-safe.
 */
final class RaftHost {
    /** The node's only timer. */
    static final String TIMER = "agenda";

    private static final int NODE_SHIFT = 44;
    private static final int INCARNATION_SHIFT = 28;
    private static final int START_WITHIN_NANOS = 10_000_000;
    private static final Duration LATE = Duration.ofMillis(500);

    private final NodeId self;
    private final Deployment deployment;
    private final GroupJudge judge;
    private final Seams seams = new Seams();
    private final Agenda agenda = new Agenda(seams::nowNanos);
    private final RaftNode raft;
    /** Every operation of this node has a number of its own. */
    private long lastOperation;

    private Optional<CompletableFuture<Ordered<Object>>> starting = Optional.empty();
    private boolean leads;
    private boolean clientRuns;
    private int ledTerm;
    private long armedForNanos = Agenda.NEVER;
    private long writtenIndex;
    private int writtenTerm;

    /** @param incarnation how often the node has run before */
    RaftHost(Deployment deployment, MemoryStore.Disk disk, int incarnation, NodeId self) {
        this.self = self;
        this.deployment = deployment;
        this.judge = deployment.judgeOf(self);
        this.lastOperation = self.value() << NODE_SHIFT | (long) incarnation << INCARNATION_SHIFT;
        RaftNode.RaftNodeBuilder builder = RaftNode.newBuilder()
                .setGroupId(deployment.groupOf(self))
                .setConfig(deployment.raft())
                .setExecutor(agenda)
                .setTransport(seams.transport(deployment.lossProbability()))
                .setStateMachine(new HashChain(this::newOperation, this::applied))
                .setStore(new MemoryStore(disk, this::flush, this::written))
                .setRandom(seams.random())
                .setClock(seams.clock())
                .setRaftNodeReportListener(this::reported);
        disk.restored()
                .ifPresentOrElse(
                        builder::setRestoredState,
                        () -> builder.setLocalEndpoint(new Peer(self))
                                .setInitialGroupMembers(deployment.peersWith(self)));
        this.raft = builder.build();
    }

    /**
     * Starts MicroRaft within milliseconds: its first message goes to members that may be started at the same time.
     *
     * @throws java.util.concurrent.CompletionException in the handler in which it starts, when it cannot
     */
    void start(Node node) {
        handle(
                node,
                () -> agenda.schedule(
                        () -> starting = Optional.of(raft.start()),
                        node.random(START_WITHIN_NANOS),
                        TimeUnit.NANOSECONDS));
    }

    void receive(RaftMessage message, Node node) {
        handle(node, () -> raft.handle(message));
    }

    /** The timer has fired. */
    void wake(Node node) {
        armedForNanos = Agenda.NEVER;
        handle(node, () -> {});
    }

    /** @throws IllegalStateException when MicroRaft finds itself in a state that must not be */
    private void handle(Node node, Runnable what) {
        seams.enter(node);
        try {
            what.run();
            agenda.runDue();
            starting.ifPresent(CompletableFuture::join);
            starting = Optional.empty();
            long nextNanos = agenda.nextNanos();
            if (nextNanos < armedForNanos) {
                armedForNanos = nextNanos;
                node.setTimer(TIMER, Duration.ofNanos(nextNanos - node.nowNanos()));
            }
        } catch (AssertionError asserted) {
            throw new IllegalStateException("MicroRaft asserts: " + asserted.getMessage(), asserted);
        } finally {
            seams.leave();
        }
    }

    private long newOperation() {
        return ++lastOperation;
    }

    private void flush(Runnable flush) {
        if (deployment.flushing() == Deployment.Flushing.LATE) {
            agenda.schedule(flush, LATE.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            flush.run();
        }
    }

    private void written(LogEntry entry) {
        int termBefore = entry.getIndex() == writtenIndex + 1 ? writtenTerm : 0;
        judge.writes(self, entry.getIndex(), entry.getTerm(), contentOf(entry), termBefore);
        writtenIndex = entry.getIndex();
        writtenTerm = entry.getTerm();
    }

    /** Never 0. */
    private static long contentOf(LogEntry entry) {
        return Hashing.mix(entry.getOperation().hashCode()) | 1;
    }

    private void applied(long index, long checksum) {
        judge.applies(self, index, raft.getTerm().getTerm(), checksum);
    }

    private void reported(RaftNodeReport report) {
        leads = report.getRole() == RaftRole.LEADER;
        int term = report.getTerm().getTerm();
        if (leads && term != ledTerm) {
            ledTerm = term;
            // The leader has written the first operation of its term already.
            judge.leads(self, term, report.getLog().getLastLogOrSnapshotIndex() - 1);
        }
        if (leads && !clientRuns) {
            clientRuns = true;
            proposeLater();
        }
    }

    private void proposeLater() {
        agenda.schedule(this::propose, deployment.operationGap().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void propose() {
        if (!leads) {
            clientRuns = false;
            return;
        }
        judge.proposed();
        CompletableFuture<Ordered<Long>> answer = raft.replicate(newOperation());
        var unused = answer.whenComplete(this::answered);
        proposeLater();
    }

    private void answered(@Nullable Ordered<Long> answer, @Nullable Throwable failure) {
        if (failure == null) {
            judge.acknowledged();
        }
    }

    @Override
    public String toString() {
        return raft.getStatus() + (leads ? ", leads" : "") + ", term "
                + raft.getTerm().getTerm();
    }
}
