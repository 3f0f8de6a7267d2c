package dev.foresail.eval.membership;

import dev.foresail.choice.NodeId;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Why somebody was declared dead.
 *
 * @param incarnation the life of {@code giver} in which it did
 * @param suspectIncarnation the life that is over
 * @param voters who has agreed, each with the life that it was in
 * @param members as {@code giver} knew them, with {@code suspect}
 */
public record Verdict(
        NodeId giver,
        long incarnation,
        NodeId suspect,
        long suspectIncarnation,
        SortedMap<NodeId, Long> voters,
        SortedSet<NodeId> members) {
    /** Whether of two nodes that knew the same members each has declared the other dead, in the life in which that did so. Who voted for both may have forgotten the one if it has begun another life in between. */
    boolean contradicts(Verdict other) {
        return suspect.equals(other.giver)
                && other.suspect.equals(giver)
                && suspectIncarnation == other.incarnation
                && other.suspectIncarnation == incarnation
                && members.equals(other.members)
                && voters.entrySet().stream()
                        .allMatch(voter -> other.voters
                                .getOrDefault(voter.getKey(), voter.getValue())
                                .equals(voter.getValue()));
    }
}
