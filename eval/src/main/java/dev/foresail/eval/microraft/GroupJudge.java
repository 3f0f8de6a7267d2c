package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the members of one group have ever done, kept outside of them, so that no crash makes it forgotten; and whether Raft's promises
 * (Ongaro, Ousterhout, "In Search of an Understandable Consensus Algorithm", figure 3) were kept. Not thread-safe.
 */
final class GroupJudge {
    private static final int TERM_SHIFT = 32;

    private final Map<Promise, String> broken = new LinkedHashMap<>();
    private final SortedMap<Integer, NodeId> leaders = new TreeMap<>();
    /** By a term but {@link #lastAppliedTerm}, the last index that was applied first by a node in it: what later leaders must have. */
    private final SortedMap<Integer, Long> committed = new TreeMap<>();
    /**
     * Of the entry with the highest term at an index, side by side as they are needed together: its term and that of the entry before
     * it, which is 0 when not known; and what it says.
     */
    private final LongTable entries = new LongTable();
    /** By index, the state machine's checksum after it. */
    private final LongTable checksums = new LongTable();

    private long lastApplied;
    /** In which term the node was that has applied it first. */
    private int lastAppliedTerm;

    private long proposals;
    private long acknowledgements;

    /** What Raft promises. */
    enum Promise {
        ELECTION_SAFETY("electionSafety"),
        LOG_MATCHING("logMatching"),
        LEADER_COMPLETENESS("leaderCompleteness"),
        STATE_MACHINE_SAFETY("stateMachineSafety");

        private final String label;

        Promise(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Whether it was never broken. */
    boolean keeps(Promise promise) {
        return broken.isEmpty() || !broken.containsKey(promise);
    }

    /** Of each promise that was broken how it was first, for people; in the order in which that happened. */
    List<String> mistakes() {
        return broken.entrySet().stream()
                .map(entry -> entry.getKey().label() + ": " + entry.getValue())
                .toList();
    }

    /**
     * A node has become the leader.
     *
     * @param lastIndex of its log before it wrote anything as the leader
     */
    void leads(NodeId node, int term, long lastIndex) {
        NodeId other = leaders.putIfAbsent(term, node);
        if (other != null && !other.equals(node)) {
            breaks(Promise.ELECTION_SAFETY, other + " and " + node + " lead in term " + term);
        }
        long needed = committed.headMap(term).values().stream().reduce(0L, Math::max);
        needed = lastAppliedTerm < term ? lastApplied : needed;
        if (lastIndex < needed) {
            breaks(
                    Promise.LEADER_COMPLETENESS,
                    node + " leads in term " + term + " with a log up to " + lastIndex + ", though " + needed
                            + " was committed");
        }
    }

    /**
     * A node has written an entry to its log.
     *
     * @param content what it says, as a number other than 0
     * @param termBefore of the entry before it; 0 when that is not known
     */
    void writes(NodeId node, long index, int term, long content, int termBefore) {
        long known = entries.get(2 * index);
        int knownTerm = (int) (known >>> TERM_SHIFT);
        if (term > knownTerm) {
            entries.put(2 * index, (long) term << TERM_SHIFT | termBefore);
            entries.put(2 * index + 1, content);
        } else if (term == knownTerm) {
            int knownBefore = (int) known;
            boolean sameBefore = termBefore == 0 || knownBefore == 0 || termBefore == knownBefore;
            if (content != entries.get(2 * index + 1) || !sameBefore) {
                breaks(Promise.LOG_MATCHING, node + " writes another entry " + index + " of term " + term);
            }
        }
    }

    /**
     * A node has applied the log up to an index.
     *
     * @param term the one that the node is in
     * @param checksum of everything that was applied up to there, other than 0
     */
    void applies(NodeId node, long index, int term, long checksum) {
        long known = checksums.get(index);
        if (known == 0) {
            checksums.put(index, checksum);
        } else if (known != checksum) {
            breaks(Promise.STATE_MACHINE_SAFETY, node + " applies something else at " + index);
        }
        if (index > lastApplied) {
            if (term != lastAppliedTerm) {
                committed.put(lastAppliedTerm, lastApplied);
                lastAppliedTerm = term;
            }
            lastApplied = index;
        }
    }

    void proposed() {
        proposals++;
    }

    /** The client was told that its operation is in the log for good. */
    void acknowledged() {
        acknowledgements++;
    }

    private void breaks(Promise promise, String how) {
        broken.putIfAbsent(promise, how);
    }

    /** How many operations the client has asked for. */
    long proposals() {
        return proposals;
    }

    /** Of how many it was told that they are there. */
    long acknowledgements() {
        return acknowledgements;
    }
}
