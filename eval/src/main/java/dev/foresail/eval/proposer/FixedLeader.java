package dev.foresail.eval.proposer;

import dev.foresail.choice.Default;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Protocol;
import dev.foresail.eval.proposer.LogMessages.Skipped;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Multi-decree Paxos with a leader (Lamport, "Paxos Made Simple", section 3): it proposes all commands, in consecutive slots, and every
 * replica executes them in order. When it fails, the next replica that is not suspected is elected, and goes through phase 1 for all slots that are
 * open.
 */
@Protocol("paxos-fixed-leader")
public final class FixedLeader extends SingleProposer {
    final int leader;

    final SortedSet<NodeId> suspects = new TreeSet<>();

    public FixedLeader(@Default("5") int replicas, @Default("1") int leader) {
        super(replicas, NodeId.of(leader));
        if (leader < 1 || leader > replicas) {
            throw new IllegalArgumentException(
                    "the leader is one of the replicas 1 to " + replicas + ", not " + leader);
        }
        this.leader = leader;
    }

    @Override
    void suspected(NodeId peer, Node node) {
        suspects.add(peer);
        if (suspects.contains(proposer) && nextInTurn().equals(self)) {
            takeOver(node);
        }
    }

    /** After the proposer; this replica itself is never suspected. */
    private NodeId nextInTurn() {
        NodeId candidate = proposer;
        do {
            candidate = NodeId.of(candidate.value() % replicas + 1);
        } while (suspects.contains(candidate));
        return candidate;
    }

    /** Whoever is heard is there again. */
    @Override
    void heard(NodeId from, Skipped skipped, Node node) {
        suspects.remove(from);
    }

    /** Whoever leads is there again. */
    @Override
    void overtaken(long lane, NodeId by, Node node) {
        suspects.remove(by);
        super.overtaken(lane, by, node);
    }
}
