package dev.foresail.eval.proposer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.embedded.Choices;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.Machine;
import dev.foresail.eval.proposer.LogMessages.Accept;
import dev.foresail.eval.proposer.LogMessages.Accepted;
import dev.foresail.eval.proposer.LogMessages.Chosen;
import dev.foresail.eval.proposer.LogMessages.Command;
import dev.foresail.eval.proposer.LogMessages.Forward;
import dev.foresail.eval.proposer.LogMessages.HandOver;
import dev.foresail.eval.proposer.LogMessages.Promise;
import dev.foresail.eval.proposer.LogMessages.Skipped;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.ExplorationScenarios;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The forms on three replicas, event by event and in every order of events. */
final class ProposerFormsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final Map<String, String> OF_THREE = Map.of("replicas", "3");

    private static final Failures FAILURES =
            Failures.NONE.withCrashes(2).withRestarts().withMostDown(1).withBreaks(2);
    private static final Promise FIRST = new Promise(0, 0);

    private static Accept accept(long slot, Command command, Skipped skipped) {
        return new Accept(slot, FIRST, command, skipped);
    }

    /** The replica's first command. */
    private static Command of(NodeId origin, long operation) {
        return new Command(origin, 1, operation);
    }

    private static List<Sent> toOthersOfOne(Record message) {
        return List.of(new Sent(TWO, message), new Sent(THREE, message));
    }

    /** Who has accepted is a bit of an int: a 33rd replica would share that of the first. */
    @Test
    void noFormHasMoreReplicasThanBits() {
        Map<String, Machine<?>> forms = Map.of(
                "fixed leader", new FixedLeaderMachine(),
                "Mencius", new MenciusMachine(),
                "exposed", new ExposedProposerMachine());
        forms.forEach((name, machine) -> {
            EmbeddedNode.of(machine, ONE, Map.of("replicas", "31"));
            String refusal = assertThrows(
                            RuntimeException.class, () -> EmbeddedNode.of(machine, ONE, Map.of("replicas", "32")), name)
                    .toString();
            assertTrue(refusal.contains("1 to 31 replicas, not 32"), refusal);
        });
    }

    @Test
    void aFixedLeaderProposesWhatIsForwarded() {
        EmbeddedNode<FixedLeader> other =
                EmbeddedNode.of(new FixedLeaderMachine(), TWO, OF_THREE).start().call("submit", 7L);
        assertEquals(List.of(new Sent(ONE, new Forward(of(TWO, 7)))), other.takeSent());
        EmbeddedNode<FixedLeader> leader =
                EmbeddedNode.of(new FixedLeaderMachine(), ONE, OF_THREE).start().deliver(TWO, new Forward(of(TWO, 7)));
        assertEquals(toOthersOfOne(accept(0, of(TWO, 7), Skipped.NONE)), leader.takeSent());
        leader.deliver(THREE, new Accepted(0, 0, Skipped.NONE));
        Chosen chosen = new Chosen(0, of(TWO, 7), Skipped.NONE);
        assertEquals(toOthersOfOne(chosen), leader.takeSent(), "two of three are a majority");
        assertEquals(1, leader.state().executed());
        leader.deliver(TWO, new Accepted(0, 0, Skipped.NONE));
        assertEquals(List.of(), leader.sent(), "the third comes too late to matter");
        other.deliver(ONE, accept(0, of(TWO, 7), Skipped.NONE));
        assertEquals(Map.of(1L, new Replica.Waiting(7, 0)), other.state().waiting, "accepted is not chosen");
        other.deliver(ONE, chosen);
        assertEquals(Map.of(), other.state().waiting);
        assertThrows(
                RuntimeException.class,
                () -> EmbeddedNode.of(new FixedLeaderMachine(), ONE, Map.of("replicas", "3", "leader", "4")));
    }

    @Test
    void inMenciusAReplicaWaitsUntilAllOthersHaveSkippedOrProposed() {
        EmbeddedNode<Mencius> two =
                EmbeddedNode.of(new MenciusMachine(), TWO, OF_THREE).start().call("submit", 7L);
        Accept proposed = accept(1, of(TWO, 7), new Skipped(1, 4));
        assertEquals(List.of(new Sent(ONE, proposed), new Sent(THREE, proposed)), two.takeSent());
        two.deliver(THREE, new Accepted(1, 0, new Skipped(2, 2)));
        assertEquals(0, two.state().executed(), "chosen, but slot 0 is the first replica's");
        two.deliver(ONE, new Accepted(1, 0, new Skipped(0, 3)));
        assertEquals(2, two.state().executed(), "it has skipped it");
        EmbeddedNode<Mencius> one =
                EmbeddedNode.of(new MenciusMachine(), ONE, OF_THREE).start();
        one.deliver(TWO, proposed);
        assertEquals(List.of(new Sent(TWO, new Accepted(1, 0, new Skipped(0, 3)))), one.takeSent());
        one.deliver(THREE, accept(8, of(THREE, 9), new Skipped(2, 11)));
        assertEquals(9, one.state().next, "the first of its own slots above");
    }

    private static EmbeddedNode<ExposedProposer> exposed(NodeId self) {
        return EmbeddedNode.of(new ExposedProposerMachine(), self, OF_THREE).start();
    }

    @Test
    void whoeverProposesKeepsTheFreeSlotsOrHandsThemOver() {
        EmbeddedNode<ExposedProposer> one = exposed(ONE).call("submit", 7L);
        one.takeSent();
        one.choices(Choices.first()).fire("term");
        assertEquals(List.of(), one.takeSent());
        one.choices((choice, alternatives) -> alternatives.size() - 1).fire("term");
        assertEquals(List.of(new Sent(THREE, new HandOver(1, FIRST, 1))), one.takeSent());
        assertFalse(one.timers().containsKey("term"), "the choice is another's now");
        one.call("submit", 8L);
        assertEquals(List.of(new Sent(THREE, new Forward(new Command(ONE, 2, 8)))), one.takeSent());

        EmbeddedNode<ExposedProposer> three = exposed(THREE).deliver(ONE, new HandOver(1, FIRST, 1));
        assertTrue(three.timers().containsKey("term"));
        three.deliver(ONE, new Forward(of(ONE, 8)));
        Accept proposed = accept(1, of(ONE, 8), Skipped.NONE);
        assertEquals(List.of(new Sent(ONE, proposed), new Sent(TWO, proposed)), three.takeSent());

        EmbeddedNode<ExposedProposer> two = exposed(TWO).deliver(THREE, proposed);
        two.deliver(ONE, accept(0, of(ONE, 7), Skipped.NONE));
        assertEquals(THREE, two.state().proposer, "what an earlier proposer has sent comes late");
    }

    @Test
    void theChoiceAmongHandlersFollowsTheRuleOfTheirChoicePoints() {
        ExposedProposerMachine machine = new ExposedProposerMachine();
        List<Alternative> alternatives =
                machine.alternatives(exposed(ONE).state(), new Event.TimerFired("term"), new GuardNode(ONE));
        assertEquals(3, alternatives.size());
        ChoicePointDescription choice = EventRules.choice(machine, alternatives);
        assertEquals("paxos-proposer.lead#handler", choice.name());
        assertEquals(Fallback.FIRST, choice.fallback());
        assertTrue(choice.repeatable());
    }

    /** Everything that may happen to two commands of two replicas within so many steps. */
    private static <S> SearchReport search(Machine<S> machine, int depth, Predicate<SystemView<S>> within) {
        SystemModel.Builder<S> model =
                SystemModel.of(machine).network(Network.ORDERED).constraint(within);
        for (int id = 1; id <= 3; id++) {
            model.node(NodeId.of(id), Map.of("replicas", 3));
        }
        model.offer(1, ONE, "submit", 1L).offer(1, TWO, "submit", 2L);
        return new Explorer<>(model.build(), SearchResources.of(Runnable::run))
                .search(SearchSettings.DEFAULT.withMaxDepth(depth));
    }

    /** As long as nobody takes over, of which there is no end. */
    private static boolean isOfFirstProposers(SystemView<? extends Replica> view) {
        return view.nodes().stream().allMatch(id -> view.state(id).promises.isEmpty());
    }

    @Test
    void replicasAgreeWhateverTheOrderOfEvents() {
        for (SearchReport report : List.of(
                search(new FixedLeaderMachine(), 30, ProposerFormsTest::isOfFirstProposers),
                search(new MenciusMachine(), 30, ProposerFormsTest::isOfFirstProposers))) {
            assertEquals(List.of(), report.violations(), report::toString);
            assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        }
    }

    /** Any of the first replicas may die and come back at any time, connections break, and others take over: as far as random walks and consequence prediction get. */
    @Test
    void replicasAgreeWhoeverFailsInBetween() {
        for (Machine<?> machine :
                List.of(new FixedLeaderMachine(), new MenciusMachine(), new ExposedProposerMachine())) {
            for (SearchKind kind : List.of(SearchKind.CONSEQUENCE, SearchKind.WALK)) {
                SearchReport report = searchWithFailures(machine, kind);
                assertEquals(List.of(), report.violations(), report::toString);
                assertTrue(report.distinctWorlds() > 300, report::toString);
            }
        }
    }

    /** One hand-over, a crash and a break, as {@code foresail check} finds them. */
    @Test
    void replicasAgreeInTheScenariosOfCheck() {
        assertAgreed(new FixedLeaderMachine(), new ReplicaExploration.OfFixedLeader());
        assertAgreed(new MenciusMachine(), new ReplicaExploration.OfMencius());
        assertAgreed(new ExposedProposerMachine(), new ReplicaExploration.OfExposedProposer());
    }

    private static <S> void assertAgreed(Machine<S> machine, ExplorationScenario<S> scenario) {
        SystemModel<S> model = ExplorationScenarios.model(machine, scenario, Map.of());
        for (SearchKind kind : List.of(SearchKind.CONSEQUENCE, SearchKind.WALK)) {
            SearchReport report = new Explorer<>(model, SearchResources.of(Runnable::run))
                    .search(SearchSettings.DEFAULT
                            .withKind(kind)
                            .withMaxDepth(60)
                            .withMaxWorlds(1_000)
                            .withWalks(20));
            assertEquals(List.of(), report.violations(), report::toString);
            assertTrue(report.distinctWorlds() > 500, report::toString);
        }
    }

    private static <S> SearchReport searchWithFailures(Machine<S> machine, SearchKind kind) {
        SystemModel.Builder<S> model =
                SystemModel.of(machine).network(Network.ORDERED).failures(FAILURES);
        for (int id = 1; id <= 3; id++) {
            model.node(NodeId.of(id), Map.of("replicas", 3));
        }
        model.offer(1, ONE, "submit", 1L).offer(1, TWO, "submit", 2L);
        return new Explorer<>(model.build(), SearchResources.of(Runnable::run))
                .search(SearchSettings.DEFAULT
                        .withKind(kind)
                        .withMaxDepth(40)
                        .withMaxWorlds(600)
                        .withWalks(20));
    }

    /** The slots change hands twice at most: there is no end to it. */
    @Test
    void replicasAgreeWhoeverTheSlotsAreHandedTo() {
        SearchReport report = search(new ExposedProposerMachine(), 10, view -> ExposedProposer.handOvers(view) <= 2);
        assertEquals(List.of(), report.violations(), report::toString);
        assertTrue(report.distinctWorlds() > 1_000, report::toString);
    }
}
