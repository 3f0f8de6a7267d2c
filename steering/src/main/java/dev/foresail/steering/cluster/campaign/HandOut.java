package dev.foresail.steering.cluster.campaign;

import dev.foresail.steering.cluster.MemberAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who plays which seeds. Many go to a member at a time in the beginning and one at a time in the end, so that all end together (guided
 * self-scheduling). On one thread at a time.
 */
final class HandOut {
    /** What a lost member takes along is played again. */
    static final int MOST_AT_ONCE = 64;

    private final long firstSeed;
    private final int count;
    private long nextSeed;
    private final SortedSet<Long> returned = new TreeSet<>();
    private final Deque<Long> forCoordinator = new ArrayDeque<>();
    private final Map<MemberAddress, SortedSet<Long>> underWay = new HashMap<>();
    private final SortedSet<Long> done = new TreeSet<>();
    private final SortedMap<MemberAddress, Integer> shares = new TreeMap<>();

    /** @param count at least 1 */
    HandOut(long firstSeed, int count) {
        this.firstSeed = firstSeed;
        this.count = count;
        this.nextSeed = firstSeed;
    }

    /** How many wait for somebody. */
    private long waiting() {
        return returned.size() + firstSeed + count - nextSeed;
    }

    /**
     * The next seeds for a member that has a free slot, the lowest first; none when all are under way or done.
     *
     * @param slots how many seeds all members together can play at once, at least 1
     */
    List<Long> take(MemberAddress member, int slots) {
        long fair = waiting() / (4L * slots);
        return take(member, (int) Math.max(1, Math.min(MOST_AT_ONCE, fair)), new ArrayList<>());
    }

    /** One seed for the coordinator's own: also those that nobody else can play. */
    List<Long> takeOne(MemberAddress coordinator) {
        Long left = forCoordinator.poll();
        if (left != null) {
            underWay.computeIfAbsent(coordinator, none -> new TreeSet<>()).add(left);
            return List.of(left);
        }
        return take(coordinator, 1, new ArrayList<>());
    }

    private List<Long> take(MemberAddress member, int most, List<Long> taken) {
        while (taken.size() < most && waiting() > 0) {
            long seed = nextSeed;
            if (returned.isEmpty()) {
                nextSeed++;
            } else {
                seed = returned.first();
                returned.remove(seed);
            }
            taken.add(seed);
        }
        underWay.computeIfAbsent(member, none -> new TreeSet<>()).addAll(taken);
        return taken;
    }

    /** A member has played a seed to its end; whether it was its to play. */
    boolean done(MemberAddress member, long seed) {
        if (!takeBack(member, seed)) {
            return false;
        }
        shares.merge(member, 1, Integer::sum);
        return done.add(seed);
    }

    /** A member could not play a seed; the coordinator is to do it, whether or not it can. */
    void cannot(MemberAddress member, long seed) {
        if (takeBack(member, seed)) {
            forCoordinator.add(seed);
        }
    }

    /** Takes a seed from a member that was to play it; whether it was. */
    private boolean takeBack(MemberAddress member, long seed) {
        SortedSet<Long> held = underWay.get(member);
        return held != null && held.remove(seed);
    }

    /** A member is lost: how many seeds it had not finished, which others get now. */
    int lost(MemberAddress member) {
        SortedSet<Long> unfinished = underWay.remove(member);
        if (unfinished == null) {
            return 0;
        }
        returned.addAll(unfinished);
        return unfinished.size();
    }

    boolean isOver() {
        return done.size() == count;
    }

    /** How many seeds are done. */
    int finished() {
        return done.size();
    }

    /** How many seeds each has played to their ends. */
    SortedMap<MemberAddress, Integer> shares() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }
}
