package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.experiment.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts lookups of one key by several nodes, as Rhea and others did: those that agree with the majority of all that were asked are consistent; where there is no majority, none is, and one without an answer never
 * is. Not thread-safe.
 */
final class Consistency {
    private long groups;
    private long agreeing;
    private long lookups;
    private long unanswered;
    private final List<Double> consistentMillis = new ArrayList<>();

    /** What a member of a group was told, if anything. */
    record Told(Optional<NodeId> root, long tookNanos) {}

    /** What those members were told who are there from the question to the deadline; none, and there is nothing to count. */
    void add(List<Told> members) {
        if (members.isEmpty()) {
            return;
        }
        Map<NodeId, Integer> votes = new TreeMap<>();
        members.forEach(member -> member.root().ifPresent(root -> votes.merge(root, 1, Integer::sum)));
        Optional<NodeId> majority = votes.keySet().stream()
                .filter(root -> 2 * votes.getOrDefault(root, 0) > members.size())
                .findFirst();
        groups++;
        lookups += members.size();
        unanswered += members.stream().filter(member -> member.root().isEmpty()).count();
        if (majority.isPresent()) {
            agreeing++;
            members.stream()
                    .filter(member -> member.root().equals(majority))
                    .forEach(member -> consistentMillis.add(member.tookNanos() / 1e6));
        }
    }

    /** How many lookups there were. */
    long lookups() {
        return lookups;
    }

    /** Of all lookups; NaN when there was none. */
    double consistentPercent() {
        return 100.0 * consistentMillis.size() / nonZero(lookups);
    }

    /** Of all lookups. */
    double unansweredPercent() {
        return 100.0 * unanswered / nonZero(lookups);
    }

    /** How many of the groups had a majority, which is a weaker meaning of consistent. */
    double agreeingGroupsPercent() {
        return 100.0 * agreeing / nonZero(groups);
    }

    /** How many members of a group were asked and there until the deadline, in the mean. */
    double membersPerGroup() {
        return lookups / nonZero(groups);
    }

    private static double nonZero(long count) {
        return count == 0 ? Double.NaN : count;
    }

    /** From the question to the answer, of consistent lookups. */
    Distribution consistentMillis() {
        return Distribution.of(consistentMillis);
    }
}
