package dev.foresail.eval.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.eval.consensus.Paxos.Accept;
import dev.foresail.eval.consensus.Paxos.Accepted;
import dev.foresail.eval.consensus.Paxos.Chosen;
import dev.foresail.eval.consensus.Paxos.Prepare;
import dev.foresail.eval.consensus.Paxos.Promise;
import dev.foresail.eval.consensus.Paxos.Proposal;
import dev.foresail.eval.knownbugs.Explorations;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.search.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three nodes; n1 has the rounds 4, 7, ..., n2 has 5, 8, ... */
final class PaxosTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private static EmbeddedNode<Paxos> node(NodeId self, String bug, int nodes) {
        return EmbeddedNode.of(new PaxosMachine(), self, Map.of("bug", bug, "size", Integer.toString(nodes)))
                .start();
    }

    private static EmbeddedNode<Paxos> node(NodeId self) {
        return node(self, "none", 3);
    }

    private static List<Sent> toOthers(Record message) {
        return List.of(new Sent(TWO, message), new Sent(THREE, message));
    }

    @Test
    void aProposerThatTheMajorityFollowsGetsItsWish() {
        EmbeddedNode<Paxos> proposer = node(ONE).call("propose", 10);
        assertEquals(toOthers(new Prepare(4)), proposer.takeSent());
        Proposal made = new Proposal(4, 10);
        proposer.deliver(TWO, new Promise(4, Optional.empty()));
        assertEquals(toOthers(new Accept(made)), proposer.takeSent());
        proposer.deliver(TWO, new Accepted(4));
        assertEquals(toOthers(new Chosen(10)), proposer.takeSent());
        assertEquals(Set.of(10), proposer.state().chosen);
        proposer.deliver(THREE, new Promise(4, Optional.empty())).deliver(THREE, new Accepted(4));
        assertEquals(List.of(), proposer.sent(), "the third comes too late to matter");
    }

    @Test
    void whatWasAcceptedInTheHighestRoundIsTakenUpUnlessTheBugIsIn() {
        Promise high = new Promise(6, Optional.of(new Proposal(5, 20)));
        Promise low = new Promise(6, Optional.of(new Proposal(4, 10)));
        for (String bug : List.of("none", "PX-1")) {
            // Of five, so that two promises come from others: n1 has round 6.
            EmbeddedNode<Paxos> proposer = node(ONE, bug, 5).call("propose", 30);
            proposer.takeSent();
            proposer.deliver(TWO, high).deliver(THREE, low);
            Proposal made = new Proposal(6, bug.equals("none") ? 20 : 10);
            assertEquals(new Sent(TWO, new Accept(made)), proposer.sent().get(0), bug);
        }
    }

    @Test
    void anAcceptorTakesPartInNothingBelowItsPromise() {
        EmbeddedNode<Paxos> acceptor = node(THREE).deliver(TWO, new Prepare(5));
        assertEquals(List.of(new Sent(TWO, new Promise(5, Optional.empty()))), acceptor.takeSent());
        acceptor.deliver(ONE, new Prepare(4)).deliver(ONE, new Accept(new Proposal(4, 10)));
        assertEquals(List.of(), acceptor.sent());
        acceptor.deliver(TWO, new Accept(new Proposal(5, 20)));
        assertEquals(List.of(new Sent(TWO, new Accepted(5))), acceptor.takeSent());
        acceptor.deliver(ONE, new Prepare(7));
        assertEquals(List.of(new Sent(ONE, new Promise(7, Optional.of(new Proposal(5, 20))))), acceptor.sent());
    }

    @Test
    void anAcceptorRemembersAfterACrashUnlessTheBugIsIn() {
        for (String bug : List.of("none", "PX-2")) {
            EmbeddedNode<Paxos> acceptor = node(THREE, bug, 3).deliver(TWO, new Accept(new Proposal(5, 20)));
            acceptor.takeSent();
            acceptor.restart().deliver(ONE, new Prepare(7));
            Optional<Proposal> accepted = bug.equals("none") ? Optional.of(new Proposal(5, 20)) : Optional.empty();
            assertEquals(List.of(new Sent(ONE, new Promise(7, accepted))), acceptor.sent(), bug);
        }
    }

    @Test
    void whoWaitsTooLongTriesAHigherRound() {
        EmbeddedNode<Paxos> proposer = node(ONE).call("propose", 10);
        proposer.takeSent();
        proposer.fire("patience");
        assertEquals(toOthers(new Prepare(7)), proposer.sent());
    }

    @Test
    void whoHasLearntTheValueIsPatient() {
        EmbeddedNode<Paxos> proposer = node(ONE).call("propose", 10).deliver(TWO, new Chosen(20));
        assertEquals(Set.of(20), proposer.state().chosen);
        assertEquals(Map.of(), proposer.timers());
    }

    @Test
    void whoKnowsTheValueSaysItAgainAfterABrokenConnection() {
        EmbeddedNode<Paxos> node = node(ONE).connectionError(TWO);
        assertEquals(Map.of(), node.timers(), "there is nothing to say");
        node.deliver(TWO, new Chosen(20)).connectionError(THREE).connectionError(TWO);
        assertEquals(List.of(), node.sent(), "a peer that is down is not asked again at once");
        node.fire("reminder");
        assertEquals(toOthers(new Chosen(20)), node.takeSent());
        assertEquals(Map.of(), node.timers());
    }

    @Test
    void votesAreKeptUnlessAnAcceptorForgets() {
        for (String bug : List.of("none", "PX-2")) {
            EmbeddedNode<Paxos> acceptor = node(THREE, bug, 3)
                    .deliver(TWO, new Accept(new Proposal(5, 20)))
                    .deliver(ONE, new Accept(new Proposal(7, 10)));
            assertEquals(Set.of(new Proposal(5, 20), new Proposal(7, 10)), acceptor.state().votes);
            acceptor.restart();
            assertEquals(bug.equals("none") ? 2 : 0, acceptor.state().votes.size(), bug);
        }
        EmbeddedNode<Paxos> careless = EmbeddedNode.of(new PaxosMachine(), THREE, Map.of("keepsVotes", "false"))
                .start()
                .deliver(TWO, new Accept(new Proposal(5, 20)));
        assertEquals(Set.of(), careless.state().votes);
    }

    private static SearchReport search(Map<String, String> settings) {
        SystemModel<Paxos> model = Explorations.model(new PaxosMachine(), new PaxosScenario(), settings);
        return new Explorer<>(model, SearchResources.of(Runnable::run)).search(SearchSettings.DEFAULT);
    }

    @Test
    void whoVotesAgainstAMajorityIsNoticedBeforeAnybodyLearnsTheWrongValue() {
        // Of a node that forgets, the explorer knows no votes either, but n1 has learnt what they came to.
        Map<String, String> properties = Map.of("PX-1", "isMajorityFollowed", "PX-2", "isMajorityAgreed");
        properties.forEach((bug, property) -> {
            Violation learnt = search(Map.of("snapshot", "chosen", "bug", bug))
                    .violations()
                    .get(0);
            assertEquals("isAgreed", learnt.property());
            Violation voted = search(Map.of("snapshot", "chosen", "bug", bug, "votes", "true"))
                    .violations()
                    .get(0);
            assertEquals(property, voted.property());
            assertTrue(voted.depth() < learnt.depth(), voted::toString);
        });
    }

    @Test
    void withoutBugsNobodyVotesAgainstAMajority() {
        for (String snapshot : List.of("initial", "chosen")) {
            SearchReport report = search(Map.of("snapshot", snapshot, "votes", "true", "crashes", "0"));
            assertEquals(List.of(), report.violations());
            assertEquals(SearchReport.Ended.EXHAUSTED, report.ended());
        }
    }
}
