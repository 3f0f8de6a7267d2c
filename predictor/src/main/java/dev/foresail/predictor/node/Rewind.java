package dev.foresail.predictor.node;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
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
    static final int MOST = 32;

    /** Rather copied than run again, should the state be asked for once more. */
    private static final int MANY = 4;

    private final Machine<S> machine;
    private final NodeId self;
    private final List<Ran> since = new ArrayList<>(MOST);
    private Optional<S> copied = Optional.empty();

    Rewind(Machine<S> machine, NodeId self) {
        this.machine = machine;
        this.self = self;
    }

    /** @param read what the handler was told, in order */
    private record Ran(Event event, Alternative alternative, List<Object> read) {}

    /** To be called before a handler that may have to be undone runs on {@code state}. */
    void before(S state) {
        if (copied.isEmpty() || since.size() >= MOST) {
            copied = Optional.of(machine.copy(state));
            since.clear();
        }
    }

    /** A handler for which {@link #before} was called has run, and its effects stay. */
    void ran(Event event, Alternative alternative, List<Object> read) {
        since.add(new Ran(event, alternative, read));
    }

    /** The state changes in a way that is not noted. */
    void forget() {
        if (copied.isPresent()) {
            copied = Optional.empty();
            since.clear();
        }
    }

    /** A state of the caller's own, as it was when {@link #before} was called last. */
    S state() {
        S state = machine.copy(copied.orElseThrow());
        for (Ran ran : since) {
            machine.run(state, ran.event(), ran.alternative(), new ReadAgain(self, ran.read()));
        }
        if (since.size() > MANY) {
            copied = Optional.of(machine.copy(state));
            since.clear();
        }
        return state;
    }
}
