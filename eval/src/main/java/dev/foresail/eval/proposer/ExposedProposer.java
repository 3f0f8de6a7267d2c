package dev.foresail.eval.proposer;

import dev.foresail.choice.Aggregate;
import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.Fallback;
import dev.foresail.choice.From;
import dev.foresail.choice.Known;
import dev.foresail.choice.Metric;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.SystemView;
import dev.foresail.eval.proposer.LogMessages.HandOver;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.LongStream;

/**
 * Multi-decree Paxos with its proposer exposed. Whoever proposes has the choice at the end of every term: to {@link #keep} the slots that
 * are free, or to {@link #handOver} them to another replica, which proposes from then on, in the same ballot. Only who has the free slots proposes, so a
 * slot has one proposer and needs no phase 1, but for those of a proposer that has failed: whoever notices takes them over.
 */
@Protocol("paxos-proposer")
public final class ExposedProposer extends SingleProposer {
    final Duration term;

    /** Sent from here, or obeyed. */
    @Durable
    HandOver latest = HandOver.NONE;

    long handOvers;

    public ExposedProposer(@Default("5") int replicas, @Default("1s") Duration term) {
        super(replicas, NodeId.of(1));
        this.term = term;
    }

    // choice code

    /** Replicas differ in who they are: what is predicted holds for the same candidates again. */
    @Aggregate
    static NodeId replica(ExposedProposer replica, Known<NodeId> others) {
        return replica.self;
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

    /** Only of slots that are its own: those of a ballot whose phase 1 is under way may be taken. */
    @OnTimer(value = "term", choice = "lead")
    void handOver(
            @ChoicePoint(from = "others", fallback = Fallback.FIRST, repeatable = true) NodeId successor, Node node) {
        if (proposes()) {
            proposer = successor;
            handOvers++;
            latest = latest.next(next, promise(LANE));
            node.send(successor, latest);
        }
    }

    // end of choice code

    @OnMessage
    void succeed(HandOver handOver, @From NodeId from, Node node) {
        obey(LANE, handOver.promise(), from, node);
        if (handOver.promise().equals(promise(LANE)) && handOver.isAfter(latest)) {
            latest = handOver;
            elected(LANE, handOver.slot(), node);
        }
    }

    /** Whoever notices takes over. Who has been handed the slots waits for what the one before has proposed, which may have failed since. */
    @Override
    void suspected(NodeId peer, Node node) {
        if (peer.equals(proposer) || proposes() && waitsForOthers()) {
            takeOver(node);
        }
    }

    /** Whether a slot below the free ones is neither decided nor proposed here. */
    private boolean waitsForOthers() {
        return LongStream.range(executed(), next).anyMatch(slot -> !accepters.containsKey(slot) && !isDecided(slot));
    }

    @Override
    void elected(long lane, long first, Node node) {
        super.elected(lane, first, node);
        node.setTimer("term", term);
    }

    @Override
    void overtaken(long lane, NodeId by, Node node) {
        super.overtaken(lane, by, node);
        node.cancelTimer("term");
    }

    /** Only who has the choice needs to know how the others are. */
    @Neighbours
    SortedSet<NodeId> watched() {
        return proposer.equals(self) ? others : Collections.emptySortedSet();
    }
}
