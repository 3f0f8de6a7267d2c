package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.List;
import java.util.Optional;

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

    private static final int PLACES = 3;
    private static final Object[] NOTHING = {};

    private final Machine<S> machine;
    private final NodeId self;
    /**
     * What has run since the copy, three places for each: event, alternative and what was read. One array and no object for each, as this
     * is noted for every message; and another one with each copy, as to write into an old one costs the collector's write
     * barrier. Made when it is needed: most simulated nodes never are undone.
     */
    private Object[] ran = NOTHING;

    private int places;
    private Optional<S> copied = Optional.empty();

    Rewind(Machine<S> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /** To be called before a handler that may have to be undone runs on {@code state}. */
    void before(S state) {
        if (copied.isEmpty() || places == MOST * PLACES) {
            copied = Optional.of(machine.copy(state));
            clear();
        }
    }

    private void clear() {
        ran = NOTHING;
        places = 0;
    }

    /**
     * A handler for which {@link #before} was called has run, and its effects stay.
     *
     * @param read what the handler was told, in order
     */
    void ran(Event event, Alternative alternative, List<Object> read) {
        if (ran.length == 0) {
            ran = new Object[MOST * PLACES];
        }
        ran[places] = event;
        ran[places + 1] = alternative;
        ran[places + 2] = read;
        places += PLACES;
    }

    /** The state changes in a way that is not noted. */
    void forget() {
        if (copied.isPresent()) {
            copied = Optional.empty();
            clear();
        }
    }

    /** A state of the caller's own, as it was when {@link #before} was called last. */
    S state() {
        S state = machine.copy(copied.orElseThrow());
        for (int place = 0; place < places; place += PLACES) {
            machine.run(state, (Event) ran[place], (Alternative) ran[place + 1], new ReadAgain(self, (List<?>)
                    ran[place + 2]));
        }
        if (places > MANY * PLACES) {
            copied = Optional.of(machine.copy(state));
            clear();
        }
        return state;
    }
}
