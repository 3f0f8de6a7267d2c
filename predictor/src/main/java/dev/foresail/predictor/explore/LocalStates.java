package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashStream128;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.node.Step;
import dev.foresail.predictor.view.GuardedQuestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The local states of one node. Used under the lock of the node's {@link Cells}. */
final class LocalStates {
    private final Machine<Object> machine;
    private final int slot;
    private final Interning interning;
    private final LocalProperties properties;
    private final Map<Content, LocalState> states = new HashMap<>();
    private final StateWriter writer = new StateWriter();
    private final HashStream128 stream = Content.stream();

    LocalStates(Machine<Object> machine, int slot, Interning interning, LocalProperties properties) {
        this.machine = machine;
        this.slot = slot;
        this.interning = interning;
        this.properties = properties;
        if (machine.timers().size() > Long.SIZE) {
            throw new IllegalArgumentException(machine.protocol() + " has more than " + Long.SIZE + " timers");
        }
    }

    /**
     * A local state in its canonical form.
     *
     * @param seen the content that properties see
     * @param whole all of it
     */
    record Written(LocalState.Body body, Content seen, Content whole) {}

    /** Runs code of the protocol's types: a handler that left a state that cannot be written must not have ended. */
    Written write(LocalState.Body body) {
        writer.reset();
        writer.writeBoolean(body.up());
        machine.write(body.state(), writer);
        Content seen = Content.of(writer);
        HashStream128 all = seen.putInto(this.stream.reset()).putLong(body.armed());
        for (Message message : body.deferred()) {
            message.content().putInto(all);
        }
        return new Written(body, seen, Content.of(all));
    }

    LocalState intern(LocalState.Body body) {
        return intern(write(body));
    }

    /** Asks the properties of a state that was never met, so that no handler may be running. */
    LocalState intern(Written written) {
        LocalState.Body body = written.body();
        LocalState known = states.get(written.whole());
        if (known == null) {
            NodeId self = interning.node(slot);
            known = new LocalState(
                    states.size(),
                    body,
                    written.whole(),
                    new Content(written.seen().firstShare(slot), written.seen().secondShare(slot)),
                    connections(body, self),
                    body.up() ? properties.violated(body.state(), self) : 0);
            states.put(written.whole(), known);
        }
        return known;
    }

    private long connections(LocalState.Body body, NodeId self) {
        if (!body.up()) {
            return 0;
        }
        List<NodeId> peers =
                GuardedQuestions.neighbours(machine, body.state(), self).orElseGet(interning::nodes);
        long bits = 0;
        for (NodeId peer : peers) {
            OptionalInt other = interning.slot(peer);
            if (other.isPresent() && other.getAsInt() != slot) {
                bits |= 1L << other.getAsInt();
            }
        }
        return bits;
    }

    List<String> timerNames(long armed) {
        if (armed == 0) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < machine.timers().size(); index++) {
            if ((armed >>> index & 1) != 0) {
                names.add(machine.timers().get(index));
            }
        }
        return Collections.unmodifiableList(names);
    }

    long armedAfter(long armed, Step<Object> step) {
        long after = armed;
        for (String name : step.timersCancelled()) {
            after &= ~bit(name);
        }
        for (String name : step.timersSet().keySet()) {
            after |= bit(name);
        }
        return after;
    }

    long bit(String timer) {
        int index = machine.timers().indexOf(timer);
        if (index < 0) {
            throw dev.foresail.choice.machine.EventRules.unknownTimer(machine, timer);
        }
        return 1L << index;
    }

    int size() {
        return states.size();
    }
}
