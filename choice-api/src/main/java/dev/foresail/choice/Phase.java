package dev.foresail.choice;

import dev.foresail.choice.machine.PhaseState;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A step of a protocol in which several nodes are asked something and what comes next waits for their answers: a final field of the protocol, to which one handler marked {@link OnPhase} belongs.
 * Part of the state: copied, hashed, shown in traces, read by properties. A node runs each of its phases at most once at a time.
 *
 * <p>Idea: {@link #begin} changes nothing but this object. What was begun is sent at the end of the step, and answers, broken connections and the deadline are noted here as they come, each in a step of
 * its own; at whose end {@link OnPhase} decides. Not thread-safe, as all state.
 *
 * @param <Q> what is asked: a record that one handler marked {@link OnMessage} or several take, and answer
 * @param <A> what these return: any type that a message may have as a component
 */
public final class Phase<Q extends Record, A> {
    private PhaseState<Q, A> state = PhaseState.idle(0);
    private boolean isUnsent;
    private boolean isOverdue;

    /**
     * Asks {@code nodes}, each once, this one too when it is among them. What runs is given up: its handler never runs, and answers to it are dropped. A phase that asks nobody ends with this step.
     *
     * @param question its collections may be changed again as soon as the step has ended: the phase then has copies of them
     */
    public void begin(Q question, Collection<NodeId> nodes) {
        SortedSet<NodeId> asked = new TreeSet<>(nodes);
        state = PhaseState.begun(state.number() + 1, Objects.requireNonNull(question), asked);
        isUnsent = true;
        isOverdue = false;
    }

    /** Gives up what runs, if anything: its handler never runs, and answers to it are dropped. */
    public void stop() {
        state = PhaseState.idle(state.number());
        isUnsent = false;
        isOverdue = false;
    }

    public boolean isRunning() {
        return state.asked().isPresent();
    }

    /** What is asked; empty when the phase does not run. */
    public Optional<Q> asked() {
        return state.asked();
    }

    /** Who may still answer: was asked, has not answered, and its connection has not broken. Cannot be changed. */
    public SortedSet<NodeId> awaited() {
        return state.awaited();
    }

    /** The answers so far. Cannot be changed. */
    public SortedMap<NodeId, A> answers() {
        return state.answers();
    }

    /** All of it but what is over at the end of the step. For generated machines, as {@link #restore}. */
    public PhaseState<Q, A> state() {
        return state;
    }

    /** Makes this what {@code state} says, with everything sent. */
    public void restore(PhaseState<Q, A> saved) {
        state = saved;
        isUnsent = false;
        isOverdue = false;
    }

    /** Whether the questions are still to be sent. For {@link dev.foresail.choice.machine.Phases}, as {@link #change}. */
    public boolean isUnsent() {
        return isUnsent;
    }

    /** Whether the deadline is over. */
    public boolean isOverdue() {
        return isOverdue;
    }

    /** Makes this what {@code next} and the flags say. */
    public void change(PhaseState<Q, A> next, boolean unsent, boolean overdue) {
        state = next;
        isUnsent = unsent;
        isOverdue = overdue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Phase<?, ?> phase && state.equals(phase.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    @Override
    public String toString() {
        if (!isRunning()) {
            return "idle after " + state.number();
        }
        String lost = state.lost().isEmpty() ? "" : ", lost " + state.lost();
        return "#" + state.number() + " " + state.asked().orElseThrow() + " answered " + state.answers() + ", awaited "
                + state.awaited() + lost;
    }
}
