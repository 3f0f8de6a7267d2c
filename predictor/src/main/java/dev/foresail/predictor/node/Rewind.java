package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.Arrays;
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
    /** How many handlers are run again at most. */
    static final int MOST = 64;

    /** Rather copied than run again, should the state be asked for once more. */
    private static final int MANY = 4;

    private static final Event[] NO_EVENTS = {};
    private static final Alternative[] NO_ALTERNATIVES = {};
    private static final List<?>[] NO_READS = {};

    private final Machine<S> machine;
    private final NodeId self;
    /**
     * What has run since the copy: three arrays and no object for each, as this is noted for every message. Made when they are
     * needed, as most simulated nodes never are undone.
     */
    private Event[] events = NO_EVENTS;

    private Alternative[] alternatives = NO_ALTERNATIVES;
    private List<?>[] reads = NO_READS;
    private int since;
    private Optional<S> copied = Optional.empty();

    Rewind(Machine<S> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /** To be called before a handler that may have to be undone runs on {@code state}. */
    void before(S state) {
        if (events.length == 0) {
            events = new Event[MOST];
            alternatives = new Alternative[MOST];
            reads = new List<?>[MOST];
        }
        if (copied.isEmpty() || since >= MOST) {
            copied = Optional.of(machine.copy(state));
            clear();
        }
    }

    /** What has run is not kept from being collected. */
    private void clear() {
        Arrays.fill(events, 0, since, null);
        Arrays.fill(reads, 0, since, null);
        since = 0;
    }

    /**
     * A handler for which {@link #before} was called has run, and its effects stay.
     *
     * @param read what the handler was told, in order
     */
    void ran(Event event, Alternative alternative, List<Object> read) {
        events[since] = event;
        alternatives[since] = alternative;
        reads[since] = read;
        since++;
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
        for (int ran = 0; ran < since; ran++) {
            machine.run(state, events[ran], alternatives[ran], new ReadAgain(self, reads[ran]));
        }
        if (since > MANY) {
            copied = Optional.of(machine.copy(state));
            clear();
        }
        return state;
    }
}
