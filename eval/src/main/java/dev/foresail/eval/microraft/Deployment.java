package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Groups of MicroRaft side by side: nodes 1 to {@code groupSize} are the first group, and so on. For one simulation only, as its judges
 * remember what they saw.
 *
 * @param groupSize how many members each group has, at least 1
 * @param raft what each member is configured with
 * @param lossProbability of each message, in [0, 1)
 * @param operationGap between two operations of a group's client, which asks whoever leads
 * @param flushing when the members' stores flush
 * @param judges one for each group
 */
record Deployment(
        int groupSize,
        RaftConfig raft,
        double lossProbability,
        Duration operationGap,
        Flushing flushing,
        List<GroupJudge> judges) {
    Deployment {
        judges = List.copyOf(judges);
    }

    /** When what was written to the log is on the disk. */
    enum Flushing {
        /** Before anything else happens, as MicroRaft asks. */
        AT_ONCE,
        /** Half a second later, whatever was acknowledged meanwhile: a mistake, to be found. */
        LATE
    }

    /** Groups of three that lose one message in twenty, each with 100 operations a second. */
    static Deployment ofThrees(int groups, RaftConfig raft, Flushing flushing) {
        List<GroupJudge> judges = Stream.generate(GroupJudge::new).limit(groups).toList();
        return new Deployment(3, raft, 0.05, Duration.ofMillis(10), flushing, judges);
    }

    /** All nodes, in order. */
    List<NodeId> nodes() {
        return ids(1, (long) groupSize * judges.size());
    }

    GroupJudge judgeOf(NodeId node) {
        return judges.get(groupOf(node));
    }

    /** The number of the node's group, from 0. */
    int groupOf(NodeId node) {
        return Math.toIntExact((node.value() - 1) / groupSize);
    }

    /** The members of the node's group, itself included. */
    List<NodeId> membersWith(NodeId node) {
        long first = 1 + (long) groupOf(node) * groupSize;
        return ids(first, first + groupSize - 1);
    }

    /** The same as MicroRaft wants them. */
    Collection<RaftEndpoint> peersWith(NodeId node) {
        Collection<RaftEndpoint> peers = new ArrayList<>();
        membersWith(node).forEach(member -> peers.add(new Peer(member)));
        return peers;
    }

    private static List<NodeId> ids(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(NodeId::of).toList();
    }
}
