package dev.foresail.eval.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.embedded.Sent;
import dev.foresail.eval.membership.MembershipMessages.Agreed;
import dev.foresail.eval.membership.MembershipMessages.Alive;
import dev.foresail.eval.membership.MembershipMessages.News;
import dev.foresail.eval.membership.MembershipMessages.Probe;
import dev.foresail.eval.membership.MembershipMessages.Summary;
import dev.foresail.eval.membership.MembershipMessages.View;
import dev.foresail.eval.membership.MembershipMessages.Vote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Node 1 of a ring of 1 to 4, in which one neighbour on each side watches. */
final class RingMembershipTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);
    private static final NodeId FOUR = NodeId.of(4);
    private static final Standing ALIVE = new Standing(1, true);
    private static final Standing DEAD = new Standing(1, false);

    private static EmbeddedNode<RingMembership> node(NodeId self, String bug, String memory) {
        return EmbeddedNode.of(
                        new RingMembershipMachine(), self, Map.of("watchersPerSide", "1", "bug", bug, "memory", memory))
                .start();
    }

    private static EmbeddedNode<RingMembership> node(String bug) {
        return node(ONE, bug, "5m");
    }

    private static SortedMap<NodeId, Standing> all() {
        return new TreeMap<>(Map.of(ONE, ALIVE, TWO, ALIVE, THREE, ALIVE, FOUR, ALIVE));
    }

    /** In its first life. */
    private static EmbeddedNode<RingMembership> member(EmbeddedNode<RingMembership> node, NodeId self) {
        node.call("join", self).deliver(self.equals(TWO) ? THREE : TWO, new View(all(), false));
        node.takeSent();
        return node;
    }

    private static EmbeddedNode<RingMembership> member(String bug) {
        return member(node(bug), ONE);
    }

    private static EmbeddedNode<RingMembership> member() {
        return member("none");
    }

    private static List<Sent> news(NodeId subject, Standing standing, NodeId... toAndEnd) {
        News first = new News(subject, standing, toAndEnd[1]);
        return toAndEnd.length == 2
                ? List.of(new Sent(toAndEnd[0], first))
                : List.of(
                        new Sent(toAndEnd[0], first), new Sent(toAndEnd[2], new News(subject, standing, toAndEnd[3])));
    }

    /** Three probes in a row are not answered; what is sent is forgotten but for what is sent then. */
    private static List<Sent> hearNothing(EmbeddedNode<RingMembership> node, NodeId... butOf) {
        for (int probe = 0; probe < 3; probe++) {
            node.fire("silent-probe");
            for (NodeId other : butOf) {
                node.deliver(other, new Alive());
            }
        }
        node.takeSent();
        List<Sent> sent = node.fire("silent-probe").takeSent();
        return sent.stream().filter(each -> !(each.message() instanceof Probe)).toList();
    }

    @Test
    void whoJoinsTakesOverWhatIsKnownAndTellsEverybody() {
        EmbeddedNode<RingMembership> joiner = node("none").call("join", THREE);
        assertEquals(List.of(new Sent(THREE, new Summary(0))), joiner.takeSent());
        assertFalse(joiner.state().isJoined());
        joiner.fire("join");
        assertEquals(List.of(new Sent(THREE, new Summary(0))), joiner.takeSent());
        SortedMap<NodeId, Standing> known = all();
        known.put(ONE, new Standing(6, false));
        joiner.deliver(THREE, new View(known, true));
        assertTrue(joiner.state().isJoined());
        Standing seventh = new Standing(7, true);
        assertEquals(seventh, joiner.state().standings.get(ONE));
        // Of 2, 3 and 4, the one in the middle tells the last one.
        assertEquals(news(ONE, seventh, THREE, ONE, TWO, THREE), joiner.takeSent());
    }

    @Test
    void livesAreCountedOverRestarts() {
        EmbeddedNode<RingMembership> node = member().restart();
        assertFalse(node.state().isJoined());
        assertEquals(2, node.call("join", ONE).state().incarnation);
    }

    @Test
    void newsIsHandedOnToItsEnd() {
        EmbeddedNode<RingMembership> node = member();
        node.deliver(TWO, new News(TWO, new Standing(2, true), FOUR));
        assertEquals(news(TWO, new Standing(2, true), THREE, FOUR, TWO, THREE), node.takeSent());
        assertEquals(new Standing(2, true), node.state().standings.get(TWO));
        node.deliver(FOUR, new News(TWO, DEAD, TWO));
        assertEquals(List.of(), node.takeSent());
        assertEquals(new Standing(2, true), node.state().standings.get(TWO), "that was an earlier life");
    }

    @Test
    void theEndOfALifeCountsMoreThanItsBeginningAndTheNextLifeMoreThanBoth() {
        assertTrue(DEAD.isNewerThan(ALIVE) && !ALIVE.isNewerThan(DEAD) && !DEAD.isNewerThan(DEAD));
        Standing next = new Standing(2, true);
        assertTrue(next.isNewerThan(DEAD) && !DEAD.isNewerThan(next));
    }

    @Test
    void whoIsSilentIsDeadWhenMostOfItsWatchersSaySo() {
        EmbeddedNode<RingMembership> node = member();
        assertEquals(List.of(new Sent(THREE, new Vote(TWO, 1, 1))), hearNothing(node, FOUR));
        assertTrue(node.state().members().contains(TWO), "one of two is not most");
        node.deliver(FOUR, new Agreed(TWO, 1, 1));
        assertTrue(node.state().members().contains(TWO), "4 does not watch it");
        node.deliver(THREE, new Agreed(TWO, 1, 1));
        SortedMap<NodeId, Standing> known = all();
        known.put(TWO, DEAD);
        List<Sent> told = node.takeSent();
        assertEquals(news(TWO, DEAD, FOUR, ONE, THREE, FOUR), told.subList(0, 2));
        assertEquals(new Sent(TWO, new View(known, true)), told.get(2), "should it be there after all");
        assertEquals(known, node.state().standings);
        assertEquals(new TreeSet<>(List.of(THREE, FOUR)), node.state().watched());
        assertEquals(Map.of(TWO, verdict(ONE, TWO, Map.of(ONE, 1L, THREE, 1L, FOUR, 1L))), node.state().verdicts);
        assertEquals(1, node.fire("compare").state().verdicts.size());
        node.deliver(TWO, new News(TWO, new Standing(2, true), TWO));
        assertEquals(Map.of(), node.state().verdicts, "it is there");
    }

    /** Of two parts of a ring both might have all the watchers of a node of the other one. */
    @Test
    void mostOfAllMembersAgreeOrHalfOfThemWithTheFirst() {
        EmbeddedNode<RingMembership> four = member(node(FOUR, "none", "5m"), FOUR);
        assertEquals(List.of(new Sent(TWO, new Vote(THREE, 1, 1))), hearNothing(four, ONE));
        four.deliver(TWO, new Agreed(THREE, 1, 1));
        assertTrue(four.state().members().contains(THREE), "1 and 3 may be in the other half");
        assertEquals(List.of(new Sent(ONE, new Vote(THREE, 1, 1))), four.takeSent(), "now it is asked too");
        four.deliver(ONE, new Agreed(THREE, 1, 1));
        assertFalse(four.state().members().contains(THREE));
    }

    @Test
    void votesCountUntilTheNextTimeThatTheNodeSaysSoItself() {
        EmbeddedNode<RingMembership> node = member();
        node.deliver(THREE, new Agreed(TWO, 1, 1));
        hearNothing(node, FOUR);
        assertTrue(node.state().members().contains(TWO), "3 has said so before");
        node.deliver(THREE, new Agreed(TWO, 2, 1));
        assertTrue(node.state().members().contains(TWO), "of another life");
        node.deliver(THREE, new Agreed(TWO, 1, 2));
        assertTrue(node.state().members().contains(TWO), "in a life of which this node has not heard");
        node.deliver(TWO, new Alive()).deliver(THREE, new Agreed(TWO, 1, 1));
        assertTrue(node.state().members().contains(TWO), "it has answered this node");
        assertEquals(Map.of(), node.state().votes);
    }

    @Test
    void whoIsAskedAgreesUnlessItHearsTheNode() {
        EmbeddedNode<RingMembership> node = member();
        assertEquals(List.of(), node.deliver(THREE, new Vote(TWO, 1, 1)).takeSent(), "it watches 2 itself");
        assertEquals(List.of(), node.deliver(THREE, new Vote(ONE, 1, 1)).takeSent(), "it is there");
        assertEquals(
                List.of(new Sent(TWO, new Agreed(THREE, 1, 1))),
                node.deliver(TWO, new Vote(THREE, 1, 1)).takeSent(),
                "it has nothing against it");
        hearNothing(node, FOUR);
        assertEquals(
                List.of(new Sent(THREE, new Agreed(TWO, 1, 1))),
                node.deliver(THREE, new Vote(TWO, 1, 2)).takeSent(),
                "it hears nothing of 2 either, and 3 has begun another life");
        node.deliver(TWO, new Alive());
        assertEquals(List.of(), node.deliver(THREE, new Vote(TWO, 1, 2)).takeSent(), "it hears 2 again");
    }

    /** It was counted for all that a node said that was declared dead and forgotten. */
    @Test
    void whoIsNotKnownGetsTheViewAndNoVote() {
        EmbeddedNode<RingMembership> node = member();
        NodeId nine = NodeId.of(9);
        assertEquals(
                List.of(new Sent(nine, new View(all(), true))),
                node.deliver(nine, new Vote(THREE, 1, 1)).takeSent());
        assertEquals(Map.of(), node.state().givenUp);
    }

    /** Else it said of everybody that it had not heard lately, in a life that nobody had given up, that it was dead. */
    @Test
    void whoBeginsAnotherLifeHasHeardEverybody() {
        EmbeddedNode<RingMembership> node = member();
        hearNothing(node);
        hearNothing(node);
        node.fire("silent-probe").fire("silent-probe").takeSent();
        assertEquals(
                new TreeSet<>(List.of(TWO, THREE, FOUR)), node.state().votes.keySet());
        node.deliver(THREE, new View(new TreeMap<>(Map.of(ONE, DEAD)), false));
        assertEquals(2, node.state().incarnation);
        assertEquals(Map.of(), node.state().votes);
        assertEquals(Map.of(), node.state().unanswered);
        node.takeSent();
        assertEquals(
                List.of(new Sent(TWO, new Probe()), new Sent(FOUR, new Probe())),
                node.fire("silent-probe").takeSent());
    }

    /** It cannot get most of the votes, so it asked everybody in vain in each round. */
    @Test
    void whoHearsFewAsksNobodyElse() {
        EmbeddedNode<RingMembership> node = member();
        hearNothing(node);
        hearNothing(node);
        assertEquals(List.of(), hearNothing(node));
        assertEquals(
                new TreeSet<>(List.of(TWO, THREE, FOUR)), node.state().votes.keySet());
    }

    /** Who had left kept the dead for as long as it was away, and brought them back. */
    @Test
    void whoHasLeftKnowsNobody() {
        EmbeddedNode<RingMembership> node = member().deliver(THREE, new News(TWO, DEAD, TWO));
        node.fire("compare").call("leave");
        assertEquals(Map.of(), node.state().standings);
        assertEquals(Map.of(), node.state().ages);
        assertEquals(2, node.call("join", ONE).state().incarnation);
    }

    /** Else two nodes could both get the same others to agree that the other one is dead. */
    @Test
    void whoIsGivenUpIsToldSoWhenItVotes() {
        EmbeddedNode<RingMembership> node = member();
        node.deliver(TWO, new Vote(THREE, 1, 1));
        node.takeSent();
        View over = new View(new TreeMap<>(Map.of(THREE, DEAD)), false);
        assertEquals(
                List.of(new Sent(THREE, over)),
                node.deliver(THREE, new Vote(FOUR, 1, 1)).takeSent());
        assertEquals(ALIVE, node.state().standings.get(THREE), "nobody has decided that");
        Standing second = new Standing(2, true);
        node.deliver(THREE, new News(THREE, second, FOUR)).takeSent();
        assertEquals(Map.of(), node.state().givenUp);
        View newer = new View(new TreeMap<>(Map.of(THREE, second)), false);
        assertEquals(
                List.of(new Sent(THREE, newer)),
                node.deliver(THREE, new Vote(FOUR, 1, 1)).takeSent(),
                "it has forgotten that life");
    }

    /** Who is silent is neither asked nor counted as a watcher, so two neighbours that fail at once are noticed. */
    @Test
    void theNextOnesWatchForThoseThatAreSilent() {
        EmbeddedNode<RingMembership> node = member();
        List<Sent> sent = hearNothing(node);
        assertEquals(List.of(new Sent(THREE, new Vote(TWO, 1, 1)), new Sent(THREE, new Vote(FOUR, 1, 1))), sent);
        assertEquals(new TreeSet<>(List.of(TWO, THREE, FOUR)), node.state().watched());
        node.deliver(THREE, new Agreed(TWO, 1, 1));
        assertEquals(new TreeSet<>(List.of(ONE, THREE, FOUR)), node.state().members());
    }

    /** A node that is cut off is not most of all members, however often it says that it hears nobody. */
    @Test
    void nobodyDecidesAloneUnlessThereAreTwoAndItIsTheFirst() {
        EmbeddedNode<RingMembership> cutOff = member();
        for (int round = 0; round < 4; round++) {
            hearNothing(cutOff);
        }
        assertEquals(4, cutOff.state().members().size());
        assertEquals(3, cutOff.state().votes.size());
        View two = new View(new TreeMap<>(Map.of(ONE, ALIVE, TWO, ALIVE)), false);
        EmbeddedNode<RingMembership> first = node("none").call("join", ONE).deliver(TWO, two);
        hearNothing(first);
        assertEquals(new TreeSet<>(List.of(ONE)), first.state().members());
        EmbeddedNode<RingMembership> second =
                node(TWO, "none", "5m").call("join", TWO).deliver(ONE, two);
        hearNothing(second);
        assertEquals(new TreeSet<>(List.of(ONE, TWO)), second.state().members());
    }

    /** Of a run of nodes that end at once twice as many are found each time. */
    @Test
    void whereNodesAreDeadAsManyMoreAreWatchedBeyondThem() {
        EmbeddedNode<RingMembership> node = node("none").call("join", ONE);
        SortedMap<NodeId, Standing> many = new TreeMap<>();
        for (long name = 1; name <= 20; name++) {
            many.put(NodeId.of(name), name == 2 || name == 3 || name == 20 ? DEAD : ALIVE);
        }
        EmbeddedNode<RingMembership> whole =
                node.deliver(TWO, new View(new TreeMap<>(Map.of(NodeId.of(2), ALIVE)), false));
        many.keySet().forEach(name -> whole.deliver(TWO, new News(name, ALIVE, name)));
        whole.deliver(FOUR, new View(many, false));
        assertEquals(
                new TreeSet<>(List.of(4L, 5L, 6L, 17L, 18L, 19L)),
                new TreeSet<>(
                        whole.state().watched().stream().map(NodeId::value).toList()));
    }

    @Test
    void theDeadAreForgottenAndNobodyIsToldOfThemAgain() {
        EmbeddedNode<RingMembership> node = member(node(ONE, "none", "10s"), ONE);
        node.deliver(FOUR, new Vote(THREE, 1, 1)).deliver(FOUR, new News(THREE, DEAD, TWO));
        node.fire("compare").fire("compare");
        assertEquals(DEAD, node.state().standings.get(THREE));
        assertEquals(Map.of(THREE, 1L), node.state().givenUp);
        node.fire("compare");
        assertEquals(
                new TreeSet<>(List.of(ONE, TWO, FOUR)), node.state().standings.keySet());
        assertEquals(Map.of(), node.state().ages);
        assertEquals(Map.of(), node.state().givenUp);
        node.deliver(FOUR, new View(new TreeMap<>(Map.of(THREE, DEAD)), true));
        assertEquals(
                new TreeSet<>(List.of(ONE, TWO, FOUR)), node.state().standings.keySet());
    }

    /** Who had voted on a node that it did not know had forgotten that when it came to know it, so it was counted for what it did not stand by. */
    @Test
    void nobodyVotesOnALifeOfWhichItHasNotHeard() {
        EmbeddedNode<RingMembership> node = member();
        assertEquals(
                List.of(),
                node.deliver(FOUR, new Vote(NodeId.of(7), 1, 1))
                        .deliver(FOUR, new Vote(THREE, 2, 1))
                        .takeSent());
        assertEquals(Map.of(), node.state().givenUp);
    }

    /** One that knows the dead and one that has forgotten them have nothing to tell each other. */
    @Test
    void viewsAreTheSameWhenTheMembersAre() {
        EmbeddedNode<RingMembership> node = member(node(ONE, "none", "0s"), ONE);
        EmbeddedNode<RingMembership> other = member().deliver(THREE, new News(TWO, DEAD, TWO));
        node.deliver(THREE, new News(TWO, DEAD, TWO)).fire("compare");
        List<Sent> sent = node.takeSent();
        assertFalse(node.state().standings.containsKey(TWO));
        assertTrue(other.state().standings.containsKey(TWO));
        other.takeSent();
        Sent question = sent.get(sent.size() - 1);
        assertEquals(List.of(), other.deliver(THREE, question.message()).takeSent());
    }

    private static Verdict verdict(NodeId giver, NodeId suspect, Map<NodeId, Long> voters) {
        return new Verdict(giver, 1, suspect, 1, new TreeMap<>(voters), new TreeSet<>(all().keySet()));
    }

    @Test
    void verdictsOnEachOtherContradictUnlessWhoVotedForBothHasBegunAnotherLife() {
        Verdict verdict = verdict(ONE, TWO, Map.of(ONE, 1L, THREE, 1L, FOUR, 1L));
        assertTrue(verdict.contradicts(verdict(TWO, ONE, Map.of(TWO, 1L, THREE, 1L, FOUR, 1L))));
        assertTrue(verdict.contradicts(verdict(TWO, ONE, Map.of(TWO, 1L))), "nobody voted for both");
        assertFalse(verdict.contradicts(verdict(TWO, ONE, Map.of(TWO, 1L, THREE, 2L, FOUR, 1L))));
        assertFalse(verdict.contradicts(verdict(TWO, THREE, Map.of(TWO, 1L))));
        assertFalse(verdict.contradicts(
                new Verdict(TWO, 2, ONE, 1, new TreeMap<>(Map.of(TWO, 1L)), new TreeSet<>(all().keySet()))));
    }

    @Test
    void whoHearsThatItIsDeadBeginsTheNextLife() {
        EmbeddedNode<RingMembership> node = member().deliver(TWO, new News(ONE, DEAD, TWO));
        assertEquals(2, node.state().incarnation);
        assertEquals(news(ONE, new Standing(2, true), THREE, ONE, TWO, THREE), node.takeSent());
        EmbeddedNode<RingMembership> resigned = member("RM-3").deliver(TWO, new News(ONE, DEAD, TWO));
        assertFalse(RingMembership.isAMemberInItsOwnView(resigned.state()));
    }

    @Test
    void whoIsDeadAndAsksIsToldSo() {
        EmbeddedNode<RingMembership> node = member();
        assertEquals(
                List.of(new Sent(TWO, new Alive())),
                node.deliver(TWO, new Probe()).takeSent());
        node.deliver(THREE, new News(TWO, DEAD, TWO));
        node.takeSent();
        assertEquals(
                List.of(new Sent(TWO, new Alive()), new Sent(TWO, new View(node.state().standings, true))),
                node.deliver(TWO, new Probe()).takeSent());
        assertEquals(
                List.of(new Sent(NodeId.of(9), new Alive())),
                node.deliver(NodeId.of(9), new Probe()).takeSent(),
                "nobody has heard of it yet");
        assertEquals(List.of(), node("none").deliver(TWO, new Probe()).sent(), "who is no member is silent");
    }

    @Test
    void whatTheBroadcastHasLostIsMendedByComparing() {
        EmbeddedNode<RingMembership> node = member().fire("compare");
        Sent question = node.takeSent().get(0);
        EmbeddedNode<RingMembership> same = member().deliver(TWO, question.message());
        assertEquals(List.of(), same.sent());
        EmbeddedNode<RingMembership> other = member().deliver(TWO, new News(THREE, DEAD, TWO));
        other.takeSent();
        other.deliver(TWO, question.message());
        View view = new View(other.state().standings, true);
        assertEquals(List.of(new Sent(TWO, view)), other.takeSent());
        node.deliver(FOUR, new News(NodeId.of(5), ALIVE, TWO));
        node.takeSent();
        node.deliver(TWO, view);
        SortedMap<NodeId, Standing> newer = new TreeMap<>(Map.of(NodeId.of(5), ALIVE));
        assertEquals(List.of(new Sent(TWO, new View(newer, false))), node.takeSent());
        assertEquals(List.of(), other.deliver(TWO, new View(newer, false)).takeSent());
        assertEquals(node.state().standings, other.state().standings);
    }

    @Test
    void whoLeavesSaysSo() {
        EmbeddedNode<RingMembership> node = member().call("leave");
        assertEquals(news(ONE, DEAD, THREE, ONE, TWO, THREE), node.takeSent());
        assertFalse(node.state().isJoined());
        node.deliver(TWO, new View(all(), true));
        assertFalse(node.state().isJoined(), "nobody has asked for it");
        assertEquals(Optional.empty(), node.state().contact);
    }

    @Test
    void anEarlierLifeIsNeverTakenForTheLastOne() {
        News first = new News(TWO, DEAD, TWO);
        News second = new News(TWO, new Standing(2, true), TWO);
        assertEquals(
                new Standing(2, true),
                member().deliver(TWO, second)
                        .deliver(TWO, first)
                        .state()
                        .standings
                        .get(TWO));
        assertEquals(
                DEAD,
                member("RM-2")
                        .deliver(TWO, second)
                        .deliver(TWO, first)
                        .state()
                        .standings
                        .get(TWO));
    }

    @Test
    void aRingInWhichNobodyWatchesIsRefused() {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new RingMembership("none", 0, second, second, second, second, second));
        assertTrue(refused.getMessage().contains("FS541"), refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1M", "PT-1S, PT1M", "PT1S, PT-1S"})
    void aRingThatComparesAllTheTimeIsRefused(Duration comparePeriod, Duration memory) {
        Duration second = Duration.ofSeconds(1);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new RingMembership("none", 1, second, second, comparePeriod, memory, second));
        assertTrue(refused.getMessage().contains("FS555"), refused::getMessage);
    }
}
