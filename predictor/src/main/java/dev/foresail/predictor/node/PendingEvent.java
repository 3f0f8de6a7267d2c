package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An event on its way to a handler. Not thread-safe. */
final class PendingEvent {
    final Event event;
    final Object source;
    /** When it was first looked at; what it waited behind others is not its own. */
    long sinceNanos;
    /**
     * When it was looked at last, by the node's clock. Here, not with the node, as what is written at every event is better not
     * beside what nodes of other threads read: they would wait for each other's lines of the processors' caches. What has
     * just been made lies beside nothing of theirs.
     */
    long lookedNanos;

    boolean timedOut;
    boolean parked;
    private boolean looked;
    private long sequence;
    private List<Alternative> vetoed = List.of();
    /** The handler that has run, when it may have to be run again, and what it was told. */
    private @Nullable Alternative taken;

    private List<Object> told = List.of();

    /**
     * @param source what is held back while the event is parked: the peer, the timer, the application
     * @param sequence of a message, else 0
     */
    PendingEvent(Event event, Object source, long sequence) {
        this.event = event;
        this.source = source;
        this.sequence = sequence;
    }

    /** The source of what a peer sends outside of its connection. */
    record DatagramsOf(NodeId peer) {}

    void look(long nowNanos) {
        lookedNanos = nowNanos;
        if (!looked) {
            looked = true;
            sinceNanos = nowNanos;
        }
    }

    /** Of a message that is counted on its channel, its place there; else 0. */
    long sequence() {
        return sequence;
    }

    /** Whether it is a message that counts as received when it is over. */
    boolean isCounted() {
        return sequence > 0;
    }

    /** It does not count as received. */
    void discard() {
        sequence = 0;
    }

    /** Whether steering may keep it from having effect: what has happened already it cannot. */
    boolean canBeTurnedAway() {
        return event instanceof Event.Delivery || event instanceof Event.TimerFired || event instanceof Event.Call;
    }

    /**
     * The alternative's handler has run, and its effects stay.
     *
     * @param read what the handler was told, in order
     */
    void ran(Alternative alternative, List<Object> read) {
        taken = alternative;
        if (!read.isEmpty()) {
            told = read;
        }
    }

    /** Runs what has run on another state, which then is as it was after it. */
    <S> void runAgain(Machine<S> machine, S state, NodeId self) {
        machine.run(state, event, Objects.requireNonNull(taken, "no handler has run"), new ReadAgain(self, told));
    }

    /** The alternative is not taken. */
    void veto(Alternative alternative) {
        if (vetoed.isEmpty()) {
            vetoed = new ArrayList<>(1);
        }
        vetoed.add(alternative);
    }

    boolean hasVetoed() {
        return !vetoed.isEmpty();
    }

    List<Alternative> withoutVetoed(List<Alternative> alternatives) {
        if (vetoed.isEmpty()) {
            return alternatives;
        }
        List<Alternative> left = new ArrayList<>(alternatives);
        left.removeAll(vetoed);
        return left;
    }
}
