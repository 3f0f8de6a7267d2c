package dev.foresail.eval.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.reference.NaiveExplorer;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Single-decree Paxos in phases and by hand: the same protocol, in every search. */
class PhasedDecreeTest {
    private static final SearchResources RESOURCES = SearchResources.of(Runnable::run);

    private static String outcome(SingleDecree node) {
        return node.decided + "/" + node.highest + "/" + node.last.ballot() + "/" + node.last.value();
    }

    private static String outcome(PhasedDecree node) {
        return node.decided + "/" + node.highest + "/" + node.last.ballot() + "/" + node.last.value();
    }

    /** What can come of two proposers, over all worlds there are. */
    private static <S> SortedSet<String> outcomes(
            Machine<S> machine, ExplorationScenario<S> scenario, Function<S, String> outcome) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        scenario.describe(model, List.of(2));
        SortedSet<String> outcomes = new TreeSet<>();
        model.constraint(view -> {
            StringBuilder all = new StringBuilder();
            view.nodes()
                    .forEach(node -> all.append(node)
                            .append(' ')
                            .append(outcome.apply(view.state(node)))
                            .append(' '));
            return outcomes.add(all.toString()) || !all.isEmpty();
        });
        SearchReport report = new Explorer<>(model.build(), RESOURCES).search(SearchSettings.DEFAULT);
        assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        assertEquals(List.of(), report.violations());
        return outcomes;
    }

    @Test
    void theSameCanComeOfBothForms() {
        SortedSet<String> byHand =
                outcomes(new SingleDecreeMachine(), new SingleDecreeScenario(), PhasedDecreeTest::outcome);
        assertEquals(
                byHand, outcomes(new PhasedDecreeMachine(), new PhasedDecreeScenario(), PhasedDecreeTest::outcome));
        assertTrue(byHand.size() > 300, () -> "only " + byHand.size());
    }

    /** An acceptor that crashes forgets in both forms what it has promised. */
    private static <S> Violation forgetful(Machine<S> machine, List<NodeId> acceptors) {
        SystemModel.Builder<S> model = SystemModel.of(machine);
        SingleDecreeScenario.describe(model, acceptors, 2);
        model.failures(
                Failures.NONE.withCrashes(1, acceptors.get(1)).withRestarts().withoutRefusals());
        return new Explorer<>(model.build(), RESOURCES)
                .search(SearchSettings.DEFAULT)
                .violations()
                .get(0);
    }

    @Test
    void theSameMistakeIsFoundInBoth() {
        Violation byHand = forgetful(new SingleDecreeMachine(), SingleDecree.ACCEPTORS);
        Violation inPhases = forgetful(new PhasedDecreeMachine(), PhasedDecree.ACCEPTORS);
        assertEquals("agreement", byHand.property());
        assertEquals("agreement", inPhases.property());
        assertEquals(byHand.depth(), inPhases.depth());
    }

    /** Of three acceptors two can never be reached again: what the third says is no majority. */
    @Test
    void oneAnswerAndTwoBrokenConnectionsDecideNothing() {
        for (int promising = 0; promising <= 1; promising++) {
            EmbeddedNode<PhasedDecree> proposer = EmbeddedNode.of(new PhasedDecreeMachine(), NodeId.of(1));
            proposer.call("propose").takeSent();
            if (promising == 1) {
                proposer.deliver(
                        NodeId.of(11),
                        new PhasedDecreeMachine.PrepareAnswer(1, new PhasedDecree.Promise(PhasedDecree.Vote.NONE)));
            }
            PhasedDecree.ACCEPTORS.subList(promising, 3).forEach(proposer::connectionError);
            assertEquals(List.of(), proposer.takeSent());
            assertFalse(proposer.state().promises.isRunning());
        }
        EmbeddedNode<PhasedDecree> proposer = EmbeddedNode.of(new PhasedDecreeMachine(), NodeId.of(1));
        proposer.call("propose");
        for (int acceptor = 11; acceptor <= 12; acceptor++) {
            proposer.deliver(
                    NodeId.of(acceptor),
                    new PhasedDecreeMachine.PrepareAnswer(1, new PhasedDecree.Promise(PhasedDecree.Vote.NONE)));
        }
        proposer.deliver(NodeId.of(13), new PhasedDecreeMachine.ProposeAnswer(1, new PhasedDecree.Accepted()));
        proposer.connectionError(NodeId.of(11)).connectionError(NodeId.of(12));
        assertFalse(proposer.state().votes.isRunning());
        assertEquals(0, proposer.state().decided);
    }

    /** Whoever has ended a phase remembers nothing of who has answered, so that there are fewer worlds than by hand. */
    @Test
    void theExplorerFindsTheWorldsOfThePlainOne() {
        SystemModel.Builder<PhasedDecree> model = SystemModel.of(new PhasedDecreeMachine());
        new PhasedDecreeScenario().describe(model, List.of(2));
        SearchSettings settings = SearchSettings.DEFAULT.beyondViolations();
        SearchReport plain = new NaiveExplorer(RESOURCES, false).search(model.build(), settings);
        SearchReport fast = new Explorer<>(model.build(), RESOURCES).search(settings);
        assertEquals(plain.worldsByDepth(), fast.worldsByDepth());
        assertEquals(plain.transitions(), fast.transitions());
        assertEquals(14_265, fast.distinctWorlds());
    }
}
