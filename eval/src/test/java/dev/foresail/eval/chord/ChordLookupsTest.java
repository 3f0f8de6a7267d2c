package dev.foresail.eval.chord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.stack.Stack;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.eval.chord.Chord.FindSuccessor;
import dev.foresail.eval.chord.Chord.FoundSuccessor;
import dev.foresail.eval.chord.Chord.GetPred;
import dev.foresail.eval.chord.Chord.GetPredReply;
import dev.foresail.eval.chord.Chord.Out;
import dev.foresail.eval.chord.Chord.Route;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.eval.routing.Lookups;
import dev.foresail.eval.routing.LookupsMachine;
import dev.foresail.eval.routing.RandomLookups.Find;
import dev.foresail.eval.routing.RandomLookups.Found;
import dev.foresail.eval.routing.RoutingScenario;
import dev.foresail.predictor.junit.SimulationTest;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.simulate.Simulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fingers, and lookups over them. */
final class ChordLookupsTest {
    private static final NodeId ZERO = NodeId.of(0);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId FOUR = NodeId.of(4);
    private static final NodeId EIGHT = NodeId.of(8);
    private static final NodeId FAR = NodeId.of(100);
    private static final Find FIND = new Find(FOUR, 1);

    /** Node 0 of a ring of 0, 2, 4, 8 and 100, each at its id. */
    private static EmbeddedNode<Stack> inRing() {
        StackMachine machine = StackMachine.of(List.of(new LookupsMachine(), new ChordMachine()));
        return EmbeddedNode.of(machine, ZERO, Map.of("hashed", "false"))
                .choices(Choices.first())
                .call("join", ZERO)
                .with(stack -> {
                    Chord chord = stack.layer(Chord.class);
                    chord.predecessor = Optional.of(FAR);
                    chord.successors.addAll(List.of(TWO, FOUR));
                    chord.fingers.put(3, EIGHT);
                });
    }

    private static Chord chord(EmbeddedNode<Stack> node) {
        return node.state().layer(Chord.class);
    }

    private static Route route(long key) {
        return new Route(key, FIND, false);
    }

    @Test
    void aMessageGoesToTheNearestKnownNodeThatPrecedesItsKeyAndAnyOtherMayBeChosen() {
        EmbeddedNode<Stack> node = inRing().deliver(ZERO, route(50));
        assertEquals(List.of(new Sent(EIGHT, route(50))), node.takeSent());
        assertEquals(List.of(EIGHT, FOUR, TWO), node.decisions().get(0).alternatives());
        assertEquals(
                List.of(new Sent(TWO, route(50))),
                inRing().choices(Choices.scripted(TWO)).deliver(ZERO, route(50)).sent());
    }

    @Test
    void theNodeBeforeTheRootSaysThatItIsTheRoot() {
        assertEquals(
                List.of(new Sent(TWO, new Route(2, FIND, true))),
                inRing().deliver(ZERO, route(2)).sent());
    }

    @Test
    void theRootAnswersWhoAsked() {
        assertEquals(
                List.of(new Sent(FOUR, new Found(1))),
                inRing().deliver(FAR, route(101)).sent());
        assertEquals(
                List.of(new Sent(FOUR, new Found(1))),
                inRing().deliver(FAR, route(0)).sent());
    }

    @Test
    void whoDoesNotKnowItsPredecessorBelievesTheOneThatTakesItForTheRoot() {
        EmbeddedNode<Stack> node = inRing().connectionError(FAR);
        assertEquals(
                List.of(new Sent(FOUR, new Found(1))),
                node.deliver(EIGHT, new Route(101, FIND, true)).takeSent());
        assertEquals(
                List.of(new Sent(EIGHT, route(101))),
                node.deliver(EIGHT, route(101)).sent());
    }

    @Test
    void whoHasNotJoinedDropsMessages() {
        EmbeddedNode<Stack> node = inRing().with(stack -> stack.layer(Chord.class).joined = false);
        assertEquals(List.of(), node.deliver(FAR, route(0)).sent());
    }

    @Test
    void fingersThatFailLeaveTheSuccessors() {
        EmbeddedNode<Stack> node = inRing().connectionError(EIGHT);
        assertEquals(
                List.of(new Sent(FOUR, route(50))),
                node.deliver(ZERO, route(50)).takeSent());
        node.connectionError(FOUR).connectionError(TWO);
        assertEquals(List.of(FAR), chord(node).successors, "the predecessor is all that is left");
    }

    /** Past node 2 there are 4 for the finger at distance 4, 8 for that at 8, and 100 for those at 16, 32 and 64; all others wrap around. */
    @Test
    void onlyFingersPastTheLastOneAreAskedFor() {
        EmbeddedNode<Stack> node =
                inRing().with(stack -> stack.layer(Chord.class).fingers.clear());
        int[][] expected = {{2, 4}, {3, 8}, {4, 100}, {7, 0}, {2, 4}};
        for (int[] finger : expected) {
            node.takeSent();
            node.fire("maintain");
            assertEquals(finger[0], chord(node).next);
            node.deliver(TWO, new FoundSuccessor(finger[0], NodeId.of(finger[1])));
        }
        assertEquals(Map.of(2, FOUR, 3, EIGHT, 4, FAR, 7, ZERO), chord(node).fingers);
    }

    @Test
    void aFingerIsAskedForAsAnyPlaceIs() {
        EmbeddedNode<Stack> node = inRing().with(stack -> stack.layer(Chord.class).next = 3);
        node.fire("maintain");
        assertEquals(
                List.of(new Sent(FAR, new GetPred()), new Sent(EIGHT, new FindSuccessor(ZERO, 4))), node.takeSent());
        // 1 lies before the successor.
        assertEquals(
                List.of(new Sent(NodeId.of(1), new FoundSuccessor(0, TWO))),
                node.deliver(FAR, new FindSuccessor(NodeId.of(1), 0)).takeSent());
        assertEquals(
                List.of(new Sent(FOUR, new FindSuccessor(TWO, 2))),
                node.deliver(FAR, new FindSuccessor(TWO, 2)).takeSent());
    }

    /** A predecessor that has lost its state was kept for ever, and handed to whoever asked, when nobody used the connection to it. */
    @Test
    void whoIsInNoRingIsForgotten() {
        EmbeddedNode<Chord> out = EmbeddedNode.of(new ChordMachine(), FAR).start();
        assertEquals(
                List.of(new Sent(ZERO, new Out())),
                out.deliver(ZERO, new GetPred()).sent());
        EmbeddedNode<Stack> node = inRing().deliver(FAR, new Out());
        assertEquals(Optional.empty(), chord(node).predecessor);
    }

    /** Nodes told each other of the dead for ever, as whatever anybody knew was kept. */
    @Test
    void whatTheSuccessorDoesNotKnowAnyMoreIsForgotten() {
        EmbeddedNode<Stack> node = inRing();
        node.fire("stabilise").deliver(TWO, new GetPredReply(Optional.of(ZERO), List.of(EIGHT, FAR)));
        assertEquals(List.of(TWO, EIGHT), chord(node).successors);
    }

    /** A question that was lost without a broken connection was awaited for ever. */
    @Test
    void whoDoesNotAnswerIsAskedAgain() {
        EmbeddedNode<Stack> node = inRing().fire("stabilise");
        node.takeSent();
        assertEquals(List.of(), node.fire("stabilise").takeSent());
        assertTrue(node.fire("maintain").takeSent().contains(new Sent(TWO, new GetPred())));
    }

    @Test
    void anOverlayThatCannotBeIsRefused() {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Chord("none", true, 0, second, second, second));
        assertTrue(refused.getMessage().contains("FS468"), refused::getMessage);
        refused = assertThrows(IllegalArgumentException.class, () -> new Lookups(second, second, 0));
        assertTrue(refused.getMessage().contains("FS468"), refused::getMessage);
    }

    /** A node crashes, another loses its state, and whoever is out asks anybody for its place. */
    @Test
    void aRingThatHasLostNodesClosesAgain() {
        SystemModel<Chord> model =
                Explorations.model(new ChordMachine(), new ChordScenario(), Map.of("snapshot", "ring", "nodes", "4"));
        SearchSettings walks =
                SearchSettings.DEFAULT.withKind(SearchKind.WALK).withWalks(20).withMaxDepth(1000);
        SearchReport report = new Explorer<>(model, SearchResources.of(Runnable::run)).search(walks);
        assertEquals(List.of(), report.violations());
        assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
    }

    /** Which no state shows, as a predecessor may be unknown for a while. */
    @Test
    void withChordTwoNobodyEverKnowsItsPredecessorAgain() {
        for (String bug : List.of("none", "Chord2")) {
            SystemModel<Chord> model = Explorations.model(
                    new ChordMachine(),
                    new ChordScenario(),
                    Map.of("bug", bug, "nodes", "2", "resets", "0", "crashes", "0", "known", "first"));
            SearchSettings walks = SearchSettings.DEFAULT
                    .withKind(SearchKind.WALK)
                    .withWalks(5)
                    .withMaxDepth(300);
            List<String> violated = new Explorer<>(model, SearchResources.of(Runnable::run))
                    .search(walks).violations().stream()
                            .map(violation -> violation.property())
                            .toList();
            assertEquals(bug.equals("none") ? List.of() : List.of("allKnowTheirPredecessor"), violated);
        }
    }

    @SimulationTest(
            protocol = Lookups.class,
            over = Chord.class,
            scenario = RoutingScenario.OfLookupsOverChord.class,
            nodes = 40,
            seeds = 2,
            until = "40s",
            set = {"doubling=2s", "settling=5s", "lookups=5"},
            resolver = ResolverSettings.Kind.FIRST)
    void everyKeyIsFoundAtTheFirstNodePastIt(Simulation<Stack> simulation) {
        for (NodeId id : simulation.nodes()) {
            Lookups lookups = simulation.view().state(id).layer(Lookups.class);
            assertEquals(5, lookups.answers());
            assertEquals(0, lookups.timeouts());
            Comparator<Long> nearest = Ring.after(lookups.key() - 1);
            NodeId root = simulation.nodes().stream()
                    .min(Comparator.comparing(node -> Ring.position(node, true), nearest))
                    .orElseThrow();
            assertEquals(Optional.of(root), lookups.root());
        }
        assertTrue(simulation.failures().isEmpty());
    }
}
