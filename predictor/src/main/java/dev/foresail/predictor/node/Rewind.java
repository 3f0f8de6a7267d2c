package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Machine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the state before the handler that ran last, without a copy of the state at every event.
 *
 * <p>Idea: a handler is a deterministic function of state, event, alternative and what it read through its node. So a copy
 * now and then and a note of what has run since are enough: the handlers are run again on a copy of the copy. Trade-off: a
 * state is seldom asked for, and costs then at most {@link #MOST} handlers. Weakness: a handler that depends on anything else,
 * which {@code foresail check --determinism} finds, may come to another state.
 *
 * <p>Not thread-safe.
 */
final class Rewind<S> {
    /** How many handlers are run again at most: so many that the copies hardly cost anything, by handler. */
    static final int MOST = 128;

    /** Rather copied than run again, should the state be asked for once more. */
    private static final int MANY = 4;

    private static final Noted NOTHING = new Noted(0);

    private final Machine<S> machine;
    private final NodeId self;
    /** What has run since the copy. Made when it is needed: most simulated nodes never are undone. */
    private Noted ran = NOTHING;

    private @Nullable S copied;

    Rewind(Machine<S> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /**
     * Events, in order. One array and no object for each, as this is noted for every message; and a new one with each copy, as to
     * write into an old one costs the collector's write barrier, and an old one may lie beside what nodes of other threads
     * read: they would wait for each other's lines of the processors' caches.
     */
    private static final class Noted {
        private final PendingEvent[] events;
        private int count;

        Noted(int most) {
            events = new PendingEvent[most];
        }
    }

    /** To be called before a handler that may have to be undone runs on {@code state}. */
    void before(S state) {
        if (copied == null || ran.count == MOST) {
            renew(state);
        }
    }

    /**
     * Once in {@link #MOST} events; not a part of {@link #before}, which runs for each. It is longer than the 35 bytes of bytecode
     * up to which HotSpot inlines what is called seldom: whoever makes it shorter than that loses what this gains.
     */
    private void renew(S state) {
        copied = machine.copy(state);
        if (ran.count > 0 || ran == NOTHING) {
            ran = new Noted(MOST);
        }
    }

    /**
     * A handler for which {@link #before} was called has run, and its effects stay.
     *
     * @param read what the handler was told, in order
     */
    void ran(PendingEvent pending, Alternative alternative, List<Object> read) {
        pending.ran(alternative, read);
        Noted into = ran;
        into.events[into.count] = pending;
        into.count++;
    }

    /** The state changes in a way that is not noted. */
    void forget() {
        if (copied != null) {
            copied = null;
            ran = NOTHING;
        }
    }

    /** A state of the caller's own, as it was when {@link #before} was called last. */
    S state() {
        S state = machine.copy(Objects.requireNonNull(copied, "nothing was to be undone"));
        for (int place = 0; place < ran.count; place++) {
            ran.events[place].runAgain(machine, state, self);
        }
        if (ran.count > MANY) {
            renew(state);
        }
        return state;
    }
}
