package dev.foresail.eval.proposer;

import dev.foresail.choice.Durable;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnRestart;
import dev.foresail.choice.OnStart;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Forward;
import java.util.ArrayList;
import java.util.List;

/** A replica of a log in which one of them proposes at a time, in consecutive slots, and the others hand their clients' commands to it. */
abstract class SingleProposer extends Replica {
    /** The only lane. */
    static final long LANE = 0;

    @Durable
    NodeId proposer;

    /** The first free slot, as far as is known here. */
    long next;

    /** What came while this replica was not elected yet. */
    final List<Command> pending = new ArrayList<>();

    /** @param proposer the first */
    SingleProposer(int replicas, NodeId proposer) {
        super(replicas);
        this.proposer = proposer;
    }

    @Override
    @OnStart
    void start(Node node) {
        super.start(node);
        if (proposer.equals(self)) {
            elected(LANE, 0, node);
        }
    }

    /** With its slots a proposer has lost the count of them. */
    @Override
    @OnRestart
    void restart(Node node) {
        super.restart(node);
        if (proposer.equals(self)) {
            takeOver(node);
        } else {
            placeAgain(node);
        }
    }

    @OnMessage
    void forwarded(Forward forward, Node node) {
        place(forward.command(), node);
    }

    @Override
    void place(Command command, Node node) {
        if (!proposer.equals(self)) {
            node.send(proposer, new Forward(command));
        } else if (proposes()) {
            proposeNext(command, node);
        } else {
            pending.add(command);
        }
    }

    @Override
    long lane(long slot) {
        return LANE;
    }

    @Override
    void accepting(Accept accept, NodeId from, Node node) {
        if (accept.slot() >= next) {
            next = accept.slot() + 1;
            proposer = from;
        }
    }

    @Override
    void stuck(Node node) {
        takeOver(node);
    }

    /** Phase 1 for all slots that are not executed. */
    final void takeOver(Node node) {
        proposer = self;
        pending.clear();
        lead(LANE, END, node);
        placeAgain(node);
    }

    @Override
    void overtaken(long lane, NodeId by, Node node) {
        proposer = by;
        pending.clear();
        placeAgain(node);
    }

    @Override
    void elected(long lane, long first, Node node) {
        proposer = self;
        next = first;
        pending.forEach(command -> proposeNext(command, node));
        pending.clear();
    }

    /** Whether the free slots are this replica's, and not just claimed: phase 1 may be under way. */
    final boolean proposes() {
        return proposer.equals(self) && promisers.isEmpty();
    }

    private void proposeNext(Command command, Node node) {
        long slot = unknown(next, 1);
        next = slot + 1;
        propose(slot, command, node);
    }
}
