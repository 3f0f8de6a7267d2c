package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** The rules of phases ({@link Phase}, {@link dev.foresail.choice.OnPhase}); what generated machines call. Pure functions but for what they do to phases and by {@code node}. */
public final class Phases {
    private Phases() {}

    /** Whether an answer with that number counts: the phase is at it, {@code from} was asked and has not answered. */
    public static boolean takes(Phase<?, ?> phase, long number, NodeId from) {
        PhaseState<?, ?> state = phase.state();
        return state.number() == number
                && (state.awaited().contains(from) || state.lost().contains(from));
    }

    /** An answer of which {@link #takes} says that it counts. */
    public static <Q extends Record, A> void answered(Phase<Q, A> phase, NodeId from, A answer) {
        note(phase, phase.state().answered(from, answer));
    }

    /** The connection to {@code peer} is broken. Nothing to a phase whose questions are still to be sent, on another connection. */
    public static <Q extends Record, A> void lost(Phase<Q, A> phase, NodeId peer) {
        if (!phase.isUnsent()) {
            note(phase, phase.state().lost(peer));
        }
    }

    private static <Q extends Record, A> void note(Phase<Q, A> phase, PhaseState<Q, A> next) {
        phase.change(next, phase.isUnsent(), phase.isOverdue());
    }

    /** The deadline of a phase that runs is over. */
    public static <Q extends Record, A> void expired(Phase<Q, A> phase) {
        phase.change(phase.state(), phase.isUnsent(), true);
    }

    /** After a restart: who has not answered is asked again. */
    public static <Q extends Record, A> void resume(Phase<Q, A> phase) {
        phase.change(phase.state().awaitingAll(), phase.isRunning(), false);
    }

    /** What a crash leaves of a phase that is not durable: the number, so that answers to what was asked before count for nothing asked later. */
    public static <Q extends Record, A> void forget(Phase<Q, A> fresh, Phase<Q, A> crashed) {
        fresh.restore(PhaseState.idle(crashed.state().number()));
    }

    /** An independent copy. */
    public static <Q extends Record, A> Phase<Q, A> copy(Phase<Q, A> phase) {
        Phase<Q, A> copy = new Phase<>();
        copyInto(copy, phase);
        return copy;
    }

    /** Makes {@code target} equal to {@code source}. */
    public static <Q extends Record, A> void copyInto(Phase<Q, A> target, Phase<Q, A> source) {
        target.change(source.state(), source.isUnsent(), source.isOverdue());
    }

    /** Whether the phase runs, and there is nothing more to wait for: the deadline is over, or nobody may still answer. */
    public static boolean isOver(Phase<?, ?> phase) {
        return phase.isRunning() && (phase.isOverdue() || phase.awaited().isEmpty());
    }

    /** Whether all have answered who were asked. */
    public static boolean haveAll(Phase<?, ?> phase) {
        return phase.answers().size() == phase.state().size();
    }

    /** Whether more than half of those have answered who were asked. */
    public static boolean haveMajority(Phase<?, ?> phase) {
        return phase.answers().size() > phase.state().size() / 2;
    }

    /** Ends the phase, as its handler is about to run. What it was. */
    public static <Q extends Record, A> PhaseState<Q, A> end(Phase<Q, A> phase) {
        PhaseState<Q, A> ended = phase.state();
        phase.stop();
        return ended;
    }

    /**
     * The end of a step: has what was begun in it keep a question of its own, so that the state may go on with the collections that it was made of.
     *
     * @param frozen the same question with collections that nobody can change
     */
    public static <Q extends Record, A> void freeze(Phase<Q, A> phase, UnaryOperator<Q> frozen) {
        if (phase.isUnsent()) {
            phase.change(phase.state().asking(frozen.apply(phase.asked().orElseThrow())), true, phase.isOverdue());
        }
    }

    /**
     * The end of a step: asks what was begun in it.
     *
     * @param question the message, by the phase's number
     * @return whether something was asked
     */
    public static <Q extends Record, A> boolean ask(Phase<Q, A> phase, LongFunction<Object> question, Node node) {
        boolean asks = phase.isUnsent();
        if (asks) {
            Object message = question.apply(phase.state().number());
            for (NodeId each : List.copyOf(phase.awaited())) {
                node.send(each, message);
            }
            phase.change(phase.state(), false, phase.isOverdue());
        }
        return asks;
    }

    /** As {@link #ask}, of a phase with a deadline: it counts from now on, and ends with the phase. */
    public static <Q extends Record, A> void ask(
            Phase<Q, A> phase, LongFunction<Object> question, Duration deadline, String timer, Node node) {
        if (ask(phase, question, node)) {
            node.setTimer(timer, deadline);
        } else if (!phase.isRunning() && node.isArmed(timer)) {
            node.cancelTimer(timer);
        }
    }
}
