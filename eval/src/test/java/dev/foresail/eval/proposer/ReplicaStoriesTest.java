package dev.foresail.eval.proposer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Entry;
import dev.foresail.eval.proposer.LogMessages.Executed;
import dev.foresail.eval.proposer.LogMessages.Forward;
import dev.foresail.eval.proposer.LogMessages.HandOver;
import dev.foresail.eval.proposer.LogMessages.Outdated;
import dev.foresail.eval.proposer.LogMessages.Prepare;
import dev.foresail.eval.proposer.LogMessages.Promise;
import dev.foresail.eval.proposer.LogMessages.Skipped;
import dev.foresail.eval.proposer.LogMessages.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** What replicas do in one order of events that once went wrong, message by message. */
final class ReplicaStoriesTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final Map<String, String> OF_THREE = Map.of("replicas", "3");
    private static final Promise FIRST = new Promise(0, 0);

    /** Five replicas, and what arrives among them. */
    private static final class Five {
        final Map<NodeId, EmbeddedNode<ExposedProposer>> nodes = new TreeMap<>();
        /** By slot, what anybody was told to be chosen. */
        final Map<Long, Set<Command>> chosen = new TreeMap<>();

        Five() {
            for (long id = 1; id <= 5; id++) {
                nodes.put(
                        NodeId.of(id),
                        EmbeddedNode.of(new ExposedProposerMachine(), NodeId.of(id), Map.of("replicas", "5"))
                                .start());
            }
        }

        EmbeddedNode<ExposedProposer> node(long id) {
            return nodes.getOrDefault(NodeId.of(id), nodes.values().iterator().next());
        }

        /** Until nothing is under way; what goes over a link that is cut is lost. */
        void deliverAll(BiPredicate<Long, Long> isCut) {
            boolean isQuiet = false;
            while (!isQuiet) {
                isQuiet = true;
                for (EmbeddedNode<ExposedProposer> from : nodes.values()) {
                    for (Sent sent : from.takeSent()) {
                        if (sent.message() instanceof Chosen told) {
                            chosen.computeIfAbsent(told.slot(), slot -> new LinkedHashSet<>())
                                    .add(told.command());
                        }
                        if (!isCut.test(from.self().value(), sent.to().value())) {
                            isQuiet = false;
                            node(sent.to().value()).deliver(from.self(), sent.message());
                        }
                    }
                }
            }
        }

        void assertOneCommandEach() {
            chosen.forEach((slot, commands) -> assertEquals(1, commands.size(), slot + ": " + commands));
        }
    }

    /** 1 and 2 are cut from the others; 1 claims the slots again and hands them over before anybody but 2 has promised. */
    @Test
    void whoseClaimNoMajorityHasPromisedHandsNothingOver() {
        Five five = new Five();
        BiPredicate<Long, Long> cut = (from, to) -> (from <= 2) != (to <= 2);
        five.node(3).suspicion(ONE);
        five.deliverAll(cut);
        five.node(3).call("submit", 7L);
        five.deliverAll(cut);
        assertEquals(1, five.node(4).state().executed(), "3 leads, and a majority has executed its command");

        five.node(1).call("submit", 8L);
        five.deliverAll(cut);
        five.node(1).fire("patience").fire("patience");
        five.deliverAll(cut);
        assertEquals(new Promise(6, Replica.END), five.node(2).state().promise(SingleProposer.LANE));
        five.node(1).choices((choice, alternatives) -> 1);
        if (five.node(1).timers().containsKey("term")) {
            five.node(1).fire("term");
        }
        five.deliverAll(cut);
        assertFalse(five.node(2).state().proposes(), "2 has been handed over what nobody had");

        five.node(2).call("submit", 9L);
        five.deliverAll((from, to) -> false);
        five.node(1).fire("patience");
        five.deliverAll((from, to) -> false);
        five.node(2).fire("patience");
        five.deliverAll((from, to) -> false);
        five.assertOneCommandEach();
        five.nodes.forEach((id, node) -> {
            assertEquals(
                    1,
                    five.nodes.values().stream()
                            .filter(each -> each.state().proposes())
                            .count());
            assertTrue(
                    node.state().executed() >= 3,
                    () -> id + " has executed " + node.state().executed());
        });
    }

    private static <S> EmbeddedNode<S> of(Machine<S> machine, NodeId self) {
        return EmbeddedNode.of(machine, self, OF_THREE).start();
    }

    private static Told told(long executed, Map<Long, Entry> log, Map<Long, Long> free) {
        return new Told(new Executed(executed, 0, new TreeMap<>()), new TreeMap<>(log), new TreeMap<>(free));
    }

    @Test
    void ofADecidedSlotNothingElseIsAccepted() {
        Command seven = new Command(THREE, 1, 7);
        Command eight = new Command(THREE, 2, 8);
        Promise later = new Promise(3, Replica.END);
        EmbeddedNode<ExposedProposer> two = of(new ExposedProposerMachine(), TWO);
        two.deliver(ONE, new Chosen(0, seven, Skipped.NONE));
        two.deliver(THREE, new Accept(0, later, eight, Skipped.NONE));
        assertEquals(List.of(new Sent(THREE, new Chosen(0, seven, Skipped.NONE))), two.takeSent());
        two.deliver(THREE, new Accept(0, later, seven, Skipped.NONE));
        assertEquals(List.of(new Sent(THREE, new Accepted(0, 3, Skipped.NONE))), two.takeSent(), "the same");

        two.deliver(ONE, told(40, Map.of(), Map.of()));
        two.deliver(THREE, new Accept(5, later, eight, Skipped.NONE));
        assertEquals(
                List.of(new Sent(THREE, told(40, Map.of(), Map.of()))),
                two.takeSent(),
                "what was executed is not remembered, but that it was");
    }

    /** The proposer learns that others have executed slots of which it knows nothing. */
    @Test
    void whatIsDecidedIsNotProposedFor() {
        EmbeddedNode<ExposedProposer> one = of(new ExposedProposerMachine(), ONE);
        Entry chosen = new Entry(0, new Command(THREE, 1, 7), true);
        one.deliver(THREE, told(5, Map.of(6L, chosen), Map.of()));
        one.takeSent();
        one.call("submit", 8L).call("submit", 9L);
        List<Long> slots = new ArrayList<>();
        for (Sent sent : one.sent()) {
            if (sent.message() instanceof Accept accept && sent.to().equals(TWO)) {
                slots.add(accept.slot());
            }
        }
        assertEquals(List.of(5L, 7L), slots);
        assertEquals(chosen, one.state().log.get(6L));

        EmbeddedNode<Mencius> owner = of(new MenciusMachine(), ONE);
        owner.deliver(THREE, told(4, Map.of(6L, chosen), Map.of(0L, 9L)));
        owner.call("submit", 8L);
        assertEquals(Set.of(6L, 9L), new TreeSet<>(owner.state().log.keySet()), "up to 9 its slots were revoked");
    }

    /** Others' commands are executed all the time, so nothing seems to be wrong. */
    @Test
    void aForwardThatWasLostIsSentAgain() {
        EmbeddedNode<FixedLeader> two = of(new FixedLeaderMachine(), TWO).call("submit", 7L);
        Sent forward = new Sent(ONE, new Forward(new Command(TWO, 1, 7)));
        assertEquals(List.of(forward), two.takeSent());
        two.advance(Duration.ofSeconds(3)).call("submit", 8L).takeSent();
        two.deliver(ONE, new Chosen(0, new Command(THREE, 1, 9), Skipped.NONE)).advance(Duration.ofSeconds(2));
        assertEquals(List.of(forward), two.takeSent(), "the later command has not waited for so long");
    }

    @Test
    void whoIsHeardOfIsNotSuspectedAnyMore() {
        EmbeddedNode<FixedLeader> three = of(new FixedLeaderMachine(), THREE);
        three.suspicion(ONE).suspicion(TWO);
        assertEquals(Set.of(ONE, TWO), three.state().suspects);
        three.takeSent();
        three.deliver(TWO, new Chosen(0, Command.NOTHING, Skipped.NONE));
        assertEquals(Set.of(ONE), three.state().suspects);
        three.deliver(ONE, new Accept(1, new Promise(4, Replica.END), Command.NOTHING, Skipped.NONE));
        assertEquals(Set.of(), three.state().suspects);
    }

    /** Both have promised 3 the slots of 1, in one ballot, but one of them had promised more before. */
    @Test
    void anOwnerGoesOnBehindAllThatAnybodyHasRevoked() {
        EmbeddedNode<Mencius> one = of(new MenciusMachine(), ONE);
        one.deliver(TWO, new Outdated(0, new Promise(3, 30)));
        assertEquals(30, one.state().next);
        one.deliver(TWO, new Outdated(0, new Promise(3, 100)));
        assertEquals(102, one.state().next, "the first of its own slots from 100 on");
        assertEquals(new Promise(3, 30), one.state().promise(0));
        one.deliver(TWO, new Outdated(1, new Promise(0, 300)));
        one.deliver(TWO, new Outdated(0, new Promise(2, 300)));
        assertEquals(102, one.state().next, "another's slots, and what was overtaken");
        assertEquals(FIRST.ballot(), one.state().promise(1).ballot());
    }

    /** In a log that is behind, its own command once was looked for in vain, or found in a slot that another had got. */
    @Test
    void whoIsToldOfExecutedSlotsKnowsWhichOfItsCommandsWereInThem() {
        Command seven = new Command(TWO, 1, 7);
        Command eight = new Command(TWO, 2, 8);
        EmbeddedNode<FixedLeader> two =
                of(new FixedLeaderMachine(), TWO).call("submit", 7L).call("submit", 8L);
        two.deliver(ONE, new Accept(0, FIRST, seven, Skipped.NONE));
        two.deliver(ONE, new Accept(1, FIRST, eight, Skipped.NONE)).takeSent();
        Executed executed = Executed.NOTHING.with(seven).with(Command.NOTHING);
        two.deliver(THREE, new Told(executed, new TreeMap<>(), new TreeMap<>()));
        assertEquals(Set.of(2L), two.state().waiting.keySet(), "7 is answered");
        assertEquals(List.of(new Sent(ONE, new Forward(eight))), two.takeSent(), "8 needs another slot");
    }

    @Test
    void aCommandThatIsChosenTwiceIsExecutedOnce() {
        Command seven = new Command(THREE, 1, 7);
        EmbeddedNode<Mencius> one = of(new MenciusMachine(), ONE);
        one.deliver(TWO, new Chosen(0, seven, Skipped.NONE)).deliver(TWO, new Chosen(1, seven, Skipped.NONE));
        EmbeddedNode<Mencius> two = of(new MenciusMachine(), TWO);
        two.deliver(THREE, new Chosen(0, seven, Skipped.NONE))
                .deliver(THREE, new Chosen(1, Command.NOTHING, Skipped.NONE));
        assertEquals(2, one.state().executed());
        assertEquals(two.state().executed, one.state().executed);
        one.deliver(TWO, new Chosen(2, new Command(THREE, 3, 9), Skipped.NONE));
        two.deliver(TWO, new Chosen(2, new Command(THREE, 2, 8), Skipped.NONE));
        assertFalse(one.state().executed.has(new Command(THREE, 2, 8)), "later ones may come first");
        assertTrue(one.state().executed.has(new Command(THREE, 3, 9)));
        assertNotEquals(two.state().executed.checksum(), one.state().executed.checksum());
    }

    /** What the one before has proposed and left is waited for, once until the clients' patience ended. */
    @Test
    void aProposerThatDiesWhenItHasHandedOverIsMadeUpForAtOnce() {
        HandOver handOver = new HandOver(1, FIRST, 1);
        EmbeddedNode<ExposedProposer> two =
                of(new ExposedProposerMachine(), TWO).deliver(ONE, handOver).connectionError(ONE);
        Prepare prepare = new Prepare(SingleProposer.LANE, new Promise(2, Replica.END));
        assertEquals(List.of(new Sent(ONE, prepare), new Sent(THREE, prepare)), two.takeSent());

        EmbeddedNode<ExposedProposer> other =
                of(new ExposedProposerMachine(), TWO).deliver(ONE, handOver);
        other.deliver(ONE, new Chosen(0, new Command(ONE, 1, 7), Skipped.NONE)).connectionError(ONE);
        assertEquals(List.of(), other.takeSent(), "nothing is left");
    }

    /** It was elected again by the second copy, and there were two proposers of one ballot. */
    @Test
    void whoIsHandedTheSlotsTwiceByOneHandOverHasThemOnce() {
        EmbeddedNode<ExposedProposer> two = of(new ExposedProposerMachine(), TWO);
        HandOver first = new HandOver(1, FIRST, 1);
        two.deliver(ONE, first).choices((choice, alternatives) -> alternatives.size() - 1);
        two.fire("term");
        HandOver second = new HandOver(1, FIRST, 2);
        assertEquals(List.of(new Sent(THREE, second)), two.takeSent());
        two.deliver(ONE, first);
        assertFalse(two.state().proposes(), "the slots are 3's");
        two.restart().deliver(ONE, first);
        assertFalse(two.state().proposes(), "it remembers");
        two.deliver(THREE, new HandOver(4, FIRST, 3));
        assertTrue(two.state().proposes(), "they come back");

        two.deliver(ONE, new HandOver(9, new Promise(6, Replica.END), 1));
        assertTrue(two.state().proposes());
        assertEquals(9, two.state().next, "in each ballot numbers begin anew");
    }

    /** It was forgotten, and its number left a gap in the session for ever. */
    @Test
    void aCommandThatWaitsSurvivesACrash() {
        EmbeddedNode<FixedLeader> two = of(new FixedLeaderMachine(), TWO).call("submit", 7L);
        two.takeSent();
        two.restart();
        Command seven = new Command(TWO, 1, 7);
        assertTrue(two.takeSent().contains(new Sent(ONE, new Forward(seven))), "the first one may be lost");
        two.call("submit", 8L).takeSent();
        two.deliver(ONE, new Chosen(0, new Command(TWO, 2, 8), Skipped.NONE));
        assertEquals(
                Set.of(2L),
                Objects.requireNonNull(two.state().executed.sessions().get(TWO)).above());
        two.advance(Duration.ofSeconds(10));
        assertTrue(two.takeSent().contains(new Sent(ONE, new Forward(seven))), "and so may the second");
        two.deliver(ONE, new Chosen(1, seven, Skipped.NONE));
        assertEquals(
                Set.of(),
                Objects.requireNonNull(two.state().executed.sessions().get(TWO)).above());
        assertEquals(Map.of(), two.state().waiting);
    }
}
