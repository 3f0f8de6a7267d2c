package dev.foresail.predictor.determinism;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.guardrail.GuardedRun;
import dev.foresail.predictor.node.Channel;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Runs a handler twice on copies of a state and once on a state that was read back from its canonical bytes, and compares
 * everything that comes of it. Whatever an engine believes of a protocol rests on these being the same. The states that it
 * is given stay as they are. Not thread-safe.
 *
 * @param <S> the protocol's state
 */
public final class DoubleRun<S> {
    private final Machine<S> machine;

    public DoubleRun(Machine<S> machine) {
        this.machine = machine;
    }

    /**
     * What a step is given.
     *
     * @param state before the step
     * @param armed the names of the armed timers
     * @param channels what is known of the peers, for aggregates
     * @param decisions what {@code node.choose} and {@code node.random} answer: the index, in the order in which they are
     *     asked; 0 once there are no more
     */
    public record Given<S>(
            NodeId self,
            S state,
            Event event,
            long nowNanos,
            Collection<String> armed,
            Map<NodeId, Channel> channels,
            List<Integer> decisions) {
        /** A step at time 0, without timers, peers and decisions. */
        public static <S> Given<S> of(NodeId self, S state, Event event) {
            return new Given<>(self, state, event, 0, List.of(), Map.of(), List.of());
        }

        private Given<S> from(S other) {
            return new Given<>(self, other, event, nowNanos, armed, channels, decisions);
        }
    }

    /**
     * Checks what can be said of a state alone: a copy and what is read back have its canonical bytes.
     *
     * @throws NonDeterminismException FS267 when they have not
     */
    public void checkState(S state) {
        byte[] bytes = bytes(state);
        String where = machine.protocol() + "'s state";
        compareStates(where, "written again", state, bytes, state);
        compareStates(where, "in a copy", state, bytes, machine.copy(state));
        compareStates(where, "read back", state, bytes, restored(bytes, state));
    }

    /**
     * Checks that the event has the same alternatives at a copy and at what is read back, and that asking changes nothing.
     *
     * @return the alternatives
     * @throws NonDeterminismException FS267 when they differ
     */
    public List<Alternative> checkAlternatives(Given<S> given) {
        checkState(given.state());
        byte[] before = bytes(given.state());
        S asked = machine.copy(given.state());
        List<Alternative> first = alternatives(given, asked);
        String where = GuardedRun.nameOf(machine, given.event());
        compareStates(where, "after asking", given.state(), before, asked);
        compare(where, "the list of alternatives", "asked again", first, alternatives(given, asked));
        List<Alternative> readBack = alternatives(given, restored(before, given.state()));
        compare(where, "the list of alternatives", "of the state read back", first, readBack);
        return first;
    }

    private List<Alternative> alternatives(Given<S> given, S state) {
        return machine.alternatives(state, given.event(), new GuardNode(given.self()));
    }

    /**
     * Checks one alternative of an event. A handler that throws must throw the same each time.
     *
     * @throws NonDeterminismException FS267, which names the field, message, timer, note or decision that differs
     */
    public void check(Given<S> given, Alternative alternative) {
        checkState(given.state());
        byte[] before = bytes(given.state());
        S state = machine.copy(given.state());
        RunRecord<S> first = RunRecord.of(machine, given.from(machine.copy(state)), alternative);
        compareStates(where(alternative), "after a run of a copy", given.state(), before, state);
        compareRuns(
                alternative, "run again", first, RunRecord.of(machine, given.from(machine.copy(state)), alternative));
        compareRuns(
                alternative,
                "from the state read back",
                first,
                RunRecord.of(machine, given.from(restored(before, state)), alternative));
    }

    private String where(Alternative alternative) {
        return GuardedRun.nameOf(machine, alternative);
    }

    private void compareRuns(Alternative alternative, String circumstance, RunRecord<S> first, RunRecord<S> other) {
        String where = where(alternative);
        compareLists(where, "decision", circumstance, first.asked(), other.asked());
        compare(where, "what it throws", circumstance, first.thrown(), other.thrown());
        compareLists(where, "message", circumstance, first.sends(), other.sends());
        compareLists(where, "timer", circumstance, first.timers(), other.timers());
        compareLists(where, "note", circumstance, first.notes(), other.notes());
        compareStates(where, circumstance, first.state(), bytes(first.state()), other.state());
    }

    private static void compareLists(
            String where, String element, String circumstance, List<String> first, List<String> other) {
        for (int index = 0; index < Math.max(first.size(), other.size()); index++) {
            compare(where, element + " " + (index + 1), circumstance, at(first, index), at(other, index));
        }
    }

    private static String at(List<String> values, int index) {
        return index < values.size() ? values.get(index) : "missing";
    }

    private static void compare(String where, String what, String circumstance, Object first, Object other) {
        if (!first.equals(other)) {
            throw new NonDeterminismException(where, what, circumstance, first.toString(), other.toString());
        }
    }

    private void compareStates(String where, String circumstance, S first, byte[] firstBytes, S other) {
        byte[] otherBytes = bytes(other);
        if (Arrays.equals(firstBytes, otherBytes)) {
            return;
        }
        List<FieldValue> values = machine.values(first);
        List<FieldValue> others = machine.values(other);
        for (int index = 0; index < values.size(); index++) {
            String field = "the field '" + values.get(index).name() + "'";
            compare(
                    where,
                    field,
                    circumstance,
                    values.get(index).value(),
                    others.get(index).value());
        }
        // Values that print alike may still be written differently.
        throw new NonDeterminismException(
                where,
                "the state's canonical form",
                circumstance,
                HexFormat.of().formatHex(firstBytes),
                HexFormat.of().formatHex(otherBytes));
    }

    private byte[] bytes(S state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.toByteArray();
    }

    private S restored(byte[] bytes, S like) {
        return machine.read(new StateReader(bytes), like);
    }
}
