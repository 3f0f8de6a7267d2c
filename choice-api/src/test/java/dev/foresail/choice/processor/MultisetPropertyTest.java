package dev.foresail.choice.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.CountedMultiset;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.sample.Ballots;
import dev.foresail.choice.sample.Ballots.Vote;
import dev.foresail.choice.sample.BallotsMachine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Properties of what the nodes contribute, asked of whole views. */
class MultisetPropertyTest {
    private final BallotsMachine machine = new BallotsMachine();
    private final SortedMap<NodeId, Ballots> states = new TreeMap<>();

    private Ballots node(int id) {
        return states.computeIfAbsent(NodeId.of(id), added -> machine.create(List.of(3)));
    }

    private record View(SortedMap<NodeId, Ballots> states, boolean isComplete) implements SystemView<Ballots> {
        @Override
        public SortedSet<NodeId> nodes() {
            return new TreeSet<>(states.keySet());
        }

        @Override
        public Ballots state(NodeId node) {
            return Optional.ofNullable(states.get(node)).orElseThrow(() -> new UnknownNodeException("unknown"));
        }

        @Override
        public long ageNanos(NodeId node) {
            return 0;
        }
    }

    private PropertyDescription<Ballots> property(String name) {
        return machine.properties().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds(String property) {
        return property(property).holds(new View(states, true));
    }

    @Test
    void anOptionalContributesWhatItHolds() {
        node(1).decided = Optional.of("a");
        node(2);
        node(3).decided = Optional.of("a");
        assertTrue(holds("oneDecisionOfEach"));
        node(4).decided = Optional.of("b");
        assertFalse(holds("oneDecisionOfEach"));
    }

    @Test
    void aCollectionContributesItsElementsAndSeveralMultisetsGoTogether() {
        node(1).votes.put(1, new Vote(1, "a"));
        node(2).votes.put(1, new Vote(1, "a"));
        node(2).votes.put(2, new Vote(2, "b"));
        assertTrue(holds("oneVoteAPlace"));
        node(3).votes.put(2, new Vote(2, "c"));
        assertFalse(holds("oneVoteAPlace"));
    }

    @Test
    void aPrimitiveContributesItselfAndSoDoesWhatAMethodReturns() {
        node(1).round = 4;
        node(2).round = 4;
        assertTrue(holds("oneRoundOfEach"));
        assertTrue(holds("idleOfEach"));
        node(2).round = 5;
        node(2).open.add("x");
        assertFalse(holds("oneRoundOfEach"));
        assertFalse(holds("idleOfEach"));
    }

    /** More nodes may contribute more: what holds of some is not known to hold, what is violated by some is violated. */
    @Test
    void ofAViewThatIsNotCompleteNothingIsSaidToHold() {
        node(1).decided = Optional.of("a");
        View partial = new View(states, false);
        PropertyDescription<Ballots> property = property("oneDecisionOfEach");
        assertThrows(UnknownNodeException.class, () -> property.holds(partial));
        node(2).decided = Optional.of("b");
        assertFalse(property.holds(partial));
    }

    @Test
    void theContributionsSayWhereTheyComeFrom() {
        List<Contribution<Ballots>> contributions =
                property("oneVoteAPlace").ofMultisets().orElseThrow().contributions();
        assertEquals(
                List.of("voted", "votedRounds"),
                contributions.stream().map(Contribution::name).toList());
        assertFalse(contributions.get(0).isField());
        assertTrue(property("oneRoundOfEach")
                .ofMultisets()
                .orElseThrow()
                .contributions()
                .get(1)
                .isField());
        assertEquals(Optional.empty(), property("oneDecision").ofMultisets());
    }

    @Test
    void nothingIsContributedByNull() {
        assertEquals(List.of(), Contribution.one(null));
        assertEquals(List.of(), Contribution.held(null));
        assertEquals(List.of(), Contribution.elements(null));
        assertEquals(List.of("a", "a"), List.copyOf(Contribution.elements(Arrays.asList("a", null, "a"))));
    }

    @Test
    void aMultisetCountsWhatWasAddedAndNotTakenOut() {
        CountedMultiset<String> multiset = new CountedMultiset<>(true);
        assertTrue(multiset.isEmpty());
        multiset.add("a");
        multiset.add("a");
        multiset.add("b");
        multiset.remove("a");
        assertEquals(2, multiset.size());
        assertEquals(2, multiset.distinct());
        assertEquals(1, multiset.count("a"));
        multiset.remove("a");
        assertEquals(0, multiset.count("a"));
        assertEquals(Set.of("b"), multiset.values());
        assertThrows(IllegalStateException.class, () -> multiset.remove("a"));
        assertThrows(
                UnsupportedOperationException.class, () -> multiset.values().clear());
    }

    @Test
    void whoNeedsAllContributionsSaysSo() {
        CountedMultiset<String> whole = new CountedMultiset<>(true);
        assertEquals(whole, whole.requireComplete());
        assertThrows(UnknownNodeException.class, new CountedMultiset<String>(false)::requireComplete);
    }
}
