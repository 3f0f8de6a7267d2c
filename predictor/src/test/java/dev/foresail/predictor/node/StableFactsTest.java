package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.fixture.Desk;
import dev.foresail.predictor.fixture.DeskMachine;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Poll;
import dev.foresail.predictor.fixture.PollMachine;
import dev.foresail.predictor.fixture.RecordingHost;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node whose protocol has stable fields, among peers. */
final class StableFactsTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId LEFT = NodeId.of(2);
    private static final NodeId RIGHT = NodeId.of(3);
    private static final NodeId FAR = NodeId.of(9);

    private final RecordingHost host = new RecordingHost();
    private final PollMachine machine = new PollMachine();
    private NodeRuntime<Poll> node = node(machine.create(List.of()));

    private NodeRuntime<Poll> node(Poll state) {
        return node(state, false);
    }

    private NodeRuntime<Poll> node(Poll state, boolean looksAhead) {
        return new NodeRuntime<>(
                machine,
                SELF,
                state,
                new NodeRuntime.NodeParts<>(
                        host,
                        NodeSettings.DEFAULT,
                        new ManualResolver<>(looksAhead),
                        Steering.none(),
                        NodeObserver.NONE),
                bound -> 0);
    }

    private Poll voted(Integer... votes) {
        Poll state = machine.create(List.of());
        Collections.addAll(state.votes, votes);
        return state;
    }

    private void say(NodeId from, NodeId about, Integer... votes) {
        node.receive(from, new Envelope.StableFacts(about, voted(votes)));
    }

    private void hello(NodeId from, long sequence) {
        node.receive(from, new Envelope.Payload(sequence, 0, new Poll.News(new TreeSet<>())));
    }

    /** What was sent since the last question, in order, such as "n2: n1 voted [4]" and "n2: message". */
    private List<String> sent() {
        return host.takeSent().stream()
                .map(sent -> sent.to() + ": "
                        + (sent.envelope() instanceof Envelope.StableFacts facts
                                ? facts.node() + " voted " + ((Poll) facts.state()).votes
                                : "message"))
                .collect(Collectors.toList());
    }

    private String known(NodeId about) {
        return String.valueOf(node.stableFacts().get(about).votes);
    }

    @Test
    void aFactGoesAheadOfTheMessageOfTheSameStepAndOnceAConnection() {
        node.call("voteAndTell", List.of(4, LEFT));
        assertEquals(List.of("n2: n1 voted [4]", "n2: message"), sent());
        node.call("tell", List.of(LEFT));
        assertEquals(List.of("n2: message"), sent());
        node.call("tell", List.of(RIGHT));
        assertEquals(List.of("n3: n1 voted [4]", "n3: message"), sent());

        node.connectionError(LEFT);
        node.call("tell", List.of(LEFT));
        assertEquals(List.of("n2: n1 voted [4]", "n2: message"), sent(), "what was under way may be lost");
    }

    @Test
    void whatIsNewGoesToAllConnectedPeersAtOnceButNotBackToWhoeverSaidIt() {
        hello(LEFT, 1);
        node.call("tell", List.of(RIGHT));
        sent();

        node.call("vote", List.of(4));
        assertEquals(List.of("n2: n1 voted [4]", "n3: n1 voted [4]"), sent());

        say(LEFT, FAR, 5);
        assertEquals(List.of("n3: n9 voted [5]"), sent());
        say(LEFT, FAR, 5);
        assertEquals(List.of(), sent());
    }

    @Test
    void whoeverIsHeardFromIsToldWhatItMayNotKnow() {
        node.call("vote", List.of(4));
        assertEquals(List.of(), sent(), "nobody is connected");
        hello(LEFT, 1);
        assertEquals(List.of("n2: n1 voted [4]"), sent());
    }

    @Test
    void aNodesFactsAreMergedWhoeverTellsThem() {
        say(LEFT, FAR, 5);
        say(RIGHT, FAR, 6);
        say(RIGHT, FAR);
        assertEquals("[5, 6]", known(FAR));
        assertEquals(new TreeSet<>(), node.state().votes, "nobody changes the state");
    }

    @Test
    void whatTheProtocolForgetsStaysKnown() {
        node.call("vote", List.of(4));
        node.call("forget", List.of());
        node.call("vote", List.of(5));
        assertEquals("[4, 5]", known(SELF));
    }

    @Test
    void peersGiveANodeItsOwnPastBack() {
        say(LEFT, SELF, 7);
        assertEquals("[7]", known(SELF));
        node.call("voteAndTell", List.of(8, RIGHT));
        assertEquals(List.of("n3: n1 voted [7, 8]", "n3: message"), sent());
    }

    @Test
    void aRestartedNodeRecallsWhatItKnew() {
        say(LEFT, FAR, 5);
        node.call("vote", List.of(4));
        NodeRuntime<Poll> ended = node;
        sent();

        node = node(machine.restarted(ended.state()));
        node.recall(ended.stableFacts());
        node.restart();

        assertEquals("[4]", known(SELF));
        node.call("tell", List.of(RIGHT));
        assertEquals(List.of("n3: n1 voted [4]", "n3: n9 voted [5]", "n3: message"), sent());
    }

    @Test
    void imagesThatWereToldNeverChange() {
        node.call("voteAndTell", List.of(4, LEFT));
        Poll told = (Poll) ((Envelope.StableFacts) host.takeSent().get(0).envelope()).state();
        Poll image = node.stableFacts().get(SELF);
        long revision = node.stableFactsRevision();

        node.call("tell", List.of(LEFT));
        assertSame(image, node.stableFacts().get(SELF), "nothing has changed");
        assertEquals(revision, node.stableFactsRevision());
        node.call("vote", List.of(5));

        assertEquals("[4]", String.valueOf(told.votes));
        assertEquals("[4, 5]", known(SELF));
        assertTrue(node.stableFactsRevision() > revision);
    }

    @Test
    void factsOfAThousandNodesAreKeptAndThoseOfNeighboursBeyond() {
        for (int number = 0; number < StableFacts.MOST_NODES + 10; number++) {
            say(LEFT, NodeId.of(100 + number), number);
        }
        assertEquals(StableFacts.MOST_NODES, node.stableFacts().size());

        say(RIGHT, RIGHT, 5);
        say(LEFT, SELF, 6);
        say(LEFT, NodeId.of(100), 7);

        assertEquals("[5]", known(RIGHT));
        assertEquals("[6]", known(SELF));
        assertEquals("[0, 7]", known(NodeId.of(100)));
        assertEquals(StableFacts.MOST_NODES + 2, node.stableFacts().size());
    }

    @Test
    void whereRelaysAreNotBelievedWhatAPeerSaysOfOthersIsItsClaimAndToldToNobody() {
        host.believesRelays = false;
        node.call("tell", List.of(RIGHT));
        sent();

        say(LEFT, FAR, 5);
        say(LEFT, SELF, 7);
        say(RIGHT, FAR, 6);
        assertEquals(List.of(), sent());
        assertEquals(new TreeMap<>(), node.stableFacts());
        assertEquals(Set.of(LEFT, RIGHT), node.stableClaims().keySet());
        assertEquals("[5]", String.valueOf(node.stableClaims().get(LEFT).get(FAR).votes));
        assertEquals("[7]", String.valueOf(node.stableClaims().get(LEFT).get(SELF).votes));

        say(FAR, FAR, 8);
        assertEquals("[8]", known(FAR), "what it says of itself is believed");
        assertEquals(List.of("n3: n9 voted [8]"), sent());

        for (int number = 0; number < StableFacts.MOST_NODES + 10; number++) {
            say(LEFT, NodeId.of(100 + number), number);
        }
        assertEquals(StableFacts.MOST_NODES, node.stableClaims().get(LEFT).size());
    }

    @Test
    void noPeerMakesAnImageLongerThanWhatCouldBeTold() {
        Integer[] many = IntStream.range(0, 200_000).boxed().toArray(Integer[]::new);
        Integer[] more = IntStream.range(1_000_000, 1_200_000).boxed().toArray(Integer[]::new);
        say(LEFT, FAR, many);
        assertEquals(many.length, node.stableFacts().get(FAR).votes.size());

        say(LEFT, FAR, more);
        assertEquals(many.length, node.stableFacts().get(FAR).votes.size());
        say(LEFT, FAR, -1);
        assertTrue(node.stableFacts().get(FAR).votes.contains(-1));
    }

    @Test
    void whatIsNoStateOfTheProtocolIsIgnored() {
        node.receive(LEFT, new Envelope.StableFacts(LEFT, "a lie"));
        assertEquals(new TreeMap<>(), node.stableFacts());
    }

    /** Facts go ahead of what a node sends; of all else its host is what it was. */
    @Test
    void whoIsSuspectedIsNotWaitedForWhereThereAreStableFieldsEither() {
        node = node(machine.create(List.of()), true);
        hello(LEFT, 1);
        hello(RIGHT, 1);
        host.suspected.add(LEFT);
        host.advanceMillis(1_000);
        assertEquals(
                Set.of(RIGHT),
                host.takeSent().stream()
                        .filter(sent -> sent.envelope() instanceof Envelope.CheckpointRequest)
                        .map(RecordingHost.Sent::to)
                        .collect(Collectors.toSet()));
    }

    @Test
    void aProtocolWithoutStableFieldsTellsAndKeepsNothing() {
        NodeRuntime<Desk> desk = new NodeRuntime<>(
                new DeskMachine(),
                SELF,
                Desk.withTrays(LEFT, RIGHT),
                new NodeRuntime.NodeParts<>(
                        host, NodeSettings.DEFAULT, new ManualResolver<>(true), Steering.none(), NodeObserver.NONE),
                bound -> 0);
        desk.receive(LEFT, new Envelope.StableFacts(LEFT, Desk.withTrays(LEFT)));
        desk.receive(LEFT, new Envelope.Payload(1, 0, new Desk.Letter(1)));
        assertTrue(desk.stableFacts().isEmpty());
        assertFalse(host.takeSent().stream().anyMatch(sent -> sent.envelope() instanceof Envelope.StableFacts));
    }
}
