package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Everything;
import dev.foresail.choice.sample.Everything_AllMachine;
import dev.foresail.choice.sample.Tree;
import dev.foresail.choice.sample.TreeMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Copies and bytes of a protocol with fields of every type. */
class EncodingMachineTest {
    private static final int STATES = 300;

    private final Machine<Everything.All> machine = new Everything_AllMachine();

    private Everything.All state(long seed) {
        return new RandomStates(seed).fill(machine.create(List.of(5)));
    }

    private byte[] bytes(Everything.All state) {
        StateWriter out = new StateWriter();
        machine.write(state, out);
        return out.toByteArray();
    }

    private Everything.All read(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        Everything.All state = machine.read(in, machine.create(List.of(5)));
        in.expectEnd();
        return state;
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        for (int seed = 0; seed < STATES; seed++) {
            Everything.All state = state(seed);

            Everything.All again = read(bytes(state));

            assertEquals(machine.describe(state), machine.describe(again));
            assertArrayEquals(bytes(state), bytes(again));
        }
    }

    @Test
    void theValuesOfEveryTypeAreWhatTheDescriptionShows() {
        for (int seed = 0; seed < STATES; seed++) {
            Everything.All state = state(seed);

            String values =
                    machine.values(state).stream().map(FieldValue::toString).collect(Collectors.joining(", "));

            assertTrue(machine.describe(state).endsWith(values), values);
            assertTrue(values.contains("fixed=["), values);
        }
    }

    @Test
    void equalStatesHaveEqualBytesAndOthersHaveOthers() {
        for (int seed = 0; seed < STATES; seed++) {
            assertArrayEquals(bytes(state(seed)), bytes(state(seed)));
            assertFalse(Arrays.equals(bytes(state(seed)), bytes(state(seed + STATES))), "seed " + seed);
        }
    }

    @Test
    void copiesAreEqualAndIndependent() {
        for (int seed = 0; seed < STATES; seed++) {
            Everything.All state = state(seed);
            byte[] before = bytes(state);

            Everything.All copy = machine.copy(state);
            assertArrayEquals(before, bytes(copy));

            scribbleOver(copy);
            assertArrayEquals(before, bytes(state), "a copy shares something mutable, seed " + seed);
        }
    }

    /** Changes everything in the state that can change, at every depth. */
    private static void scribbleOver(Everything.All state) {
        state.number++;
        state.list.add(NodeId.of(1));
        state.nested.forEach(List::clear);
        state.nested.add(new ArrayList<>());
        state.queue.clear();
        state.sorted.add("scribbled");
        state.dots.clear();
        state.groups.values().forEach(group -> group.add(-1));
        state.groups.put(NodeId.of(2000), new TreeSet<>());
        state.arrays.values().forEach(array -> array[0]++);
        state.arrays.clear();
        state.fixed[1]++;
        Optional.ofNullable(state.bytes).ifPresent(bytes -> bytes[0]++);
        Optional.ofNullable(state.flags).ifPresent(flags -> flags[0] ^= true);
    }

    @Test
    void aRestartKeepsDurableFieldsAlone() {
        Everything.All state = state(3);
        state.text = "kept";
        state.nested.add(List.of(1));

        Everything.All restarted = machine.restarted(state);

        Everything.All expected = machine.create(List.of(5));
        expected.text = "kept";
        expected.nested.addAll(state.nested);
        assertArrayEquals(bytes(expected), bytes(restarted));
        assertEquals(10, restarted.derived);
    }

    @Test
    void aTornRestartHasEachDurableFieldFromOneStateOrTheOther() {
        Everything.All older = machine.create(List.of(5));
        older.text = "old";
        older.nested.add(List.of(1));
        Everything.All newer = machine.create(List.of(5));
        newer.text = "new";
        newer.nested.add(List.of(2));
        newer.number = 3;

        Everything.All torn = machine.torn(newer, older, field -> field == 1);
        newer.nested.clear();

        Everything.All expected = machine.create(List.of(5));
        expected.text = "old";
        expected.nested.add(List.of(2));
        assertArrayEquals(bytes(expected), bytes(torn), "what is not durable is as at first, and nothing is shared");
    }

    @Test
    void hostileBytesAreRefusedAndNothingElse() {
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = mutated(bytes(state(round % STATES)), random);
            try {
                bytes(read(bytes));
            } catch (EncodingException expected) {
                refused++;
            }
        }
        assertTrue(refused > 5_000, "only " + refused + " were refused");
    }

    @Test
    void hostileMessagesAreRefusedAndNothingElse() {
        Machine<Tree> tree = new TreeMachine();
        StateWriter out = new StateWriter();
        tree.writeMessage(new Tree.Sorry(Optional.of("reason")), out);
        Random random = new Random(12);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            StateReader in = new StateReader(mutated(out.toByteArray(), random));
            try {
                tree.readMessage(in);
                in.expectEnd();
            } catch (EncodingException expected) {
                refused++;
            }
        }
        assertTrue(refused > 5_000, "only " + refused + " were refused");
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
        for (int left = 1 + random.nextInt(3); left > 0 && mutated.length > 0; left--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return mutated;
    }

    @Test
    void aRecordThatRefusesItsValuesIsAnEncodingError() {
        Everything.All state = machine.create(List.of(5));
        byte[] without = bytes(state);
        state.positive = new Everything.Positive(1);
        byte[] with = bytes(state);
        int at = 0;
        while (with[at] == without[at]) {
            at++;
        }
        with[at + 1] = 1; // the zig-zag of -1

        assertThrows(EncodingException.class, () -> read(with));
    }

    @Test
    void nestingIsBounded() {
        Everything.Shape deep = new Everything.Dot();
        for (int depth = 0; depth < 100; depth++) {
            deep = new Everything.Group(List.of(deep));
        }
        StateWriter out = new StateWriter();
        machine.writeMessage(deep, out);

        assertThrows(EncodingException.class, () -> machine.readMessage(new StateReader(out.toByteArray())));
    }

    @Test
    void elementsWithoutContentsCanBeMany() {
        List<Everything.Shape> dots = new ArrayList<>();
        for (int count = 0; count < 10; count++) {
            dots.add(new Everything.Dot());
        }
        StateWriter out = new StateWriter();
        machine.writeMessage(new Everything.Group(dots), out);

        assertEquals(new Everything.Group(dots), machine.readMessage(new StateReader(out.toByteArray())));
    }

    @Test
    void whatIsNoMessageIsNotWritten() {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> machine.writeMessage("text", new StateWriter()));

        assertEquals("FS101", refused.code());
    }
}
