package dev.foresail.eval.microraft;

import dev.foresail.choice.NodeId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the members of one group have ever done, kept outside of them, so that no crash makes it forgotten; and whether Raft's promises
 * (Ongaro, Ousterhout, "In Search of an Understandable Consensus Algorithm", figure 3) were kept. Not thread-safe.
 */
final class GroupJudge {
    private final Map<Promise, String> broken = new EnumMap<>(Promise.class);
    private final SortedMap<Integer, NodeId> leaders = new TreeMap<>();
    /** By a term, the last index that was applied by a node in it: what later leaders must have. */
    private final SortedMap<Integer, Long> committed = new TreeMap<>();
    /** By index, of the entry with the highest term: the term, what it says, and the term of the entry before it. */
    private final LongTable terms = new LongTable();

    private final LongTable contents = new LongTable();
    private final LongTable termsBefore = new LongTable();
    /** By index, the state machine's checksum after it. */
    private final LongTable checksums = new LongTable();

    private long lastApplied;
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

    /** The first time that it was broken, for people; empty when it never was. */
    Optional<String> broken(Promise promise) {
        return Optional.ofNullable(broken.get(promise));
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
        long known = terms.get(index);
        if (term > known) {
            terms.put(index, term);
            contents.put(index, content);
            termsBefore.put(index, termBefore);
        } else if (term == known) {
            long knownBefore = termsBefore.get(index);
            boolean sameBefore = termBefore == 0 || knownBefore == 0 || termBefore == knownBefore;
            if (content != contents.get(index) || !sameBefore) {
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
            lastApplied = index;
            committed.put(term, index);
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
