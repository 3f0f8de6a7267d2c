package dev.foresail.choice.machine;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a node remembers of a phase ({@link dev.foresail.choice.Phase}) from one step to the next. Immutable: the collections cannot be changed.
 *
 * @param number how often the phase was begun, also before a crash
 * @param asked empty when the phase does not run, as are then all collections
 * @param awaited who may still answer
 * @param lost who was asked and has not answered before its connection broke
 * @param answers of those who have answered
 */
public record PhaseState<Q, A>(
        long number,
        Optional<Q> asked,
        SortedSet<NodeId> awaited,
        SortedSet<NodeId> lost,
        SortedMap<NodeId, A> answers) {
    /** A phase that does not run. */
    public static <Q, A> PhaseState<Q, A> idle(long number) {
        return new PhaseState<>(
                number,
                Optional.empty(),
                Collections.emptySortedSet(),
                Collections.emptySortedSet(),
                Collections.emptySortedMap());
    }

    /** One that has just been begun. */
    public static <Q, A> PhaseState<Q, A> begun(long number, Q asked, SortedSet<NodeId> nodes) {
        return new PhaseState<>(
                number,
                Optional.of(asked),
                Collections.unmodifiableSortedSet(new TreeSet<>(nodes)),
                Collections.emptySortedSet(),
                Collections.emptySortedMap());
    }

    /** How many were asked. */
    public int size() {
        return awaited.size() + lost.size() + answers.size();
    }

    /** After an answer; unchanged unless {@code from} was asked and has not answered. */
    PhaseState<Q, A> answered(NodeId from, A answer) {
        if (!awaited.contains(from) && !lost.contains(from)) {
            return this;
        }
        SortedMap<NodeId, A> more = new TreeMap<>(answers);
        more.put(from, answer);
        return new PhaseState<>(
                number, asked, without(awaited, from), without(lost, from), Collections.unmodifiableSortedMap(more));
    }

    /** After the connection to {@code peer} broke; unchanged unless it is awaited. */
    PhaseState<Q, A> lost(NodeId peer) {
        if (!awaited.contains(peer)) {
            return this;
        }
        SortedSet<NodeId> more = new TreeSet<>(lost);
        more.add(peer);
        return new PhaseState<>(
                number, asked, without(awaited, peer), Collections.unmodifiableSortedSet(more), answers);
    }

    /** With that question in place of the one that it has. */
    PhaseState<Q, A> asking(Q question) {
        return new PhaseState<>(number, Optional.of(question), awaited, lost, answers);
    }

    /** With everybody awaited who has not answered. */
    PhaseState<Q, A> awaitingAll() {
        SortedSet<NodeId> all = new TreeSet<>(awaited);
        all.addAll(lost);
        return new PhaseState<>(
                number, asked, Collections.unmodifiableSortedSet(all), Collections.emptySortedSet(), answers);
    }

    private static SortedSet<NodeId> without(SortedSet<NodeId> nodes, NodeId node) {
        SortedSet<NodeId> rest = new TreeSet<>(nodes);
        rest.remove(node);
        return Collections.unmodifiableSortedSet(rest);
    }
}
