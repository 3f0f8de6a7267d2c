package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.sample.Ballots;
import dev.foresail.choice.sample.Ballots.Vote;
import dev.foresail.choice.sample.BallotsMachine;
import dev.foresail.choice.sample.Basket;
import dev.foresail.choice.sample.BasketMachine;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine of a protocol does with its stable fields, and which properties read nothing else. */
class StableMachineTest {
    private final BallotsMachine machine = new BallotsMachine();

    private Ballots blank() {
        return machine.create(List.of(3));
    }

    private Ballots full() {
        Ballots full = blank();
        full.values.addAll(List.of("a", "b"));
        full.seen.add(NodeId.of(2));
        full.votes.put(1, new Vote(1, "a"));
        full.counts.put("a", 1);
        full.log.addAll(List.of("one", "two"));
        full.history = List.of(new Vote(1, "a"));
        full.decided = Optional.of("a");
        full.round = 7;
        full.open.add("x");
        return full;
    }

    private String known(Ballots state) {
        Ballots onlyStable = machine.blank(state);
        machine.mergeStable(state, onlyStable);
        return machine.describe(onlyStable);
    }

    @Test
    void aBlankStateLearnsTheStableFieldsAndNothingElse() {
        Ballots image = machine.blank(full());
        assertEquals(machine.describe(blank()), machine.describe(image));
        assertTrue(machine.hasNewStable(full(), image));

        machine.mergeStable(full(), image);

        Ballots expected = full();
        expected.round = 0;
        expected.open.clear();
        assertEquals(machine.describe(expected), machine.describe(image));
        assertFalse(machine.hasNewStable(full(), image));
    }

    @Test
    void whatIsKnownIsNeverTakenBack() {
        Ballots image = blank();
        machine.mergeStable(full(), image);
        Ballots another = blank();
        another.values.add("c");
        another.seen = new LinkedHashSet<>(Set.of(NodeId.of(3)));
        another.votes.put(1, new Vote(1, "b"));
        another.votes.put(2, new Vote(2, "b"));
        another.counts = new LinkedHashMap<>(Map.of("b", 5));
        another.log.add("other");
        another.history = List.of(new Vote(2, "b"), new Vote(3, "b"));
        another.decided = Optional.of("b");

        machine.mergeStable(another, image);
        machine.mergeStable(blank(), image);

        assertEquals(new TreeSet<>(List.of("a", "b", "c")), new TreeSet<>(image.values));
        assertEquals(Set.of(NodeId.of(2), NodeId.of(3)), image.seen);
        assertEquals(Map.of(1, new Vote(1, "a"), 2, new Vote(2, "b")), image.votes, "the first entry of a key stays");
        assertEquals(Map.of("a", 1, "b", 5), image.counts);
        assertEquals(List.of("one", "two"), image.log, "a shorter list says nothing new");
        assertEquals(List.of(new Vote(2, "b"), new Vote(3, "b")), image.history);
        assertEquals(Optional.of("a"), image.decided, "what was set first stays");
    }

    @Test
    void eachFieldAloneIsSeenToBeNew() {
        for (int field = 0; field < 7; field++) {
            Ballots full = full();
            Ballots lacks = full();
            switch (field) {
                case 0 -> lacks.values.remove("b");
                case 1 -> lacks.seen = null;
                case 2 -> lacks.votes.clear();
                case 3 -> lacks.counts.clear();
                case 4 -> lacks.log.remove(1);
                case 5 -> lacks.history = null;
                default -> lacks.decided = Optional.empty();
            }
            assertTrue(machine.hasNewStable(full, lacks), "field " + field);
            assertFalse(machine.hasNewStable(lacks, full), "field " + field);
            assertFalse(machine.hasSameStable(lacks, full), "field " + field);
            machine.mergeStable(full, lacks);
            assertEquals(known(full), known(lacks), "field " + field);
            lacks.round = 9;
            assertTrue(machine.hasSameStable(lacks, full), "field " + field);
        }
    }

    @Test
    void anImageSharesNoCollectionWithTheState() {
        Ballots state = full();
        Ballots image = blank();
        machine.mergeStable(state, image);

        state.values.add("z");
        state.seen.add(NodeId.of(9));
        state.log.add("three");

        assertFalse(image.values.contains("z"));
        assertNotSame(state.seen, image.seen);
        assertEquals(1, image.seen.size());
        assertEquals(2, image.log.size());
    }

    @Test
    void theStableFieldsTravelAloneAndKeepTheirOrder() {
        StateWriter out = new StateWriter();
        machine.writeStable(full(), out);
        StateReader in = new StateReader(out.toByteArray());

        Ballots read = machine.readStable(in, blank());
        in.expectEnd();

        assertEquals(known(full()), machine.describe(read));
        SortedSet<String> values = read.values;
        assertEquals(List.of("b", "a"), List.copyOf(values), "in the order that the constructor gave");
    }

    @Test
    void aProtocolWithoutStableFieldsHasNothingToMerge() {
        BasketMachine baskets = new BasketMachine();
        Basket basket = baskets.create(List.of());
        assertTrue(machine.hasStableFields());
        assertFalse(baskets.hasStableFields());
        assertFalse(baskets.hasNewStable(basket, baskets.create(List.of())));
    }

    @Test
    void peersMustAgreeOnWhichFieldsAreStable(@TempDir Path output) throws Exception {
        assertNotEquals(schemaOf(output, "plain", ""), schemaOf(output, "marked", "@Stable"));
    }

    private static String schemaOf(Path output, String directory, String mark) throws Exception {
        Path classes = Files.createDirectory(output.resolve(directory));
        Compilation.of(classes, "@Protocol(\"p\") public class P { " + mark + " List<Integer> votes; }");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, StableMachineTest.class.getClassLoader())) {
            Object machine = loader.loadClass("test.PMachine").getConstructor().newInstance();
            return String.valueOf(((Machine<?>) machine).schema());
        }
    }

    @Test
    void propertiesOfHistoryAreToldFromThoseThatReadMore() {
        assertEquals(
                List.of(
                        "oneDecision",
                        "oneVoteARound",
                        "noMoreThanTheQuorum",
                        "oneDecisionOfEach",
                        "oneVoteAPlace",
                        "sameWords"),
                machine.properties().stream()
                        .filter(PropertyDescription::readsOnlyStable)
                        .map(PropertyDescription::name)
                        .toList());
    }
}
