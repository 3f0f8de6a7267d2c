package dev.foresail.predictor.foresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.embedded.EmbeddedNode;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Cistern;
import dev.foresail.predictor.fixture.CisternMachine;
import dev.foresail.predictor.fixture.Roundup;
import dev.foresail.predictor.fixture.RoundupMachine;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.SentMessage;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a cistern with room for 10 litres foresees, and what it then keeps away. */
final class ForesightTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId OTHER = NodeId.of(2);
    private static final String PROPERTY = "isNotRunningOver";
    private static final SearchSettings SETTINGS = SearchSettings.DEFAULT
            .withKind(SearchKind.CONSEQUENCE)
            .withMaxWorlds(1_000)
            .beyondViolations();

    private final CisternMachine machine = new CisternMachine();
    private final Outlook<Cistern> outlook = new Outlook<>(machine, List.of(), Assumptions.NOTHING_FAILS);

    private static Checkpoint<Cistern> at(
            NodeId node, int litres, Map<String, Long> timers, Map<NodeId, ChannelCheckpoint> channels) {
        return new Checkpoint<>(
                node, 1, Cistern.with(litres), new TreeMap<>(timers), List.of(), new TreeMap<>(channels));
    }

    private static SystemSnapshot<Cistern> known(List<Checkpoint<Cistern>> checkpoints) {
        SortedMap<NodeId, SystemSnapshot.Known<Cistern>> nodes = new TreeMap<>();
        checkpoints.forEach(each -> nodes.put(each.node(), new SystemSnapshot.Known<>(List.of(), each)));
        return new SystemSnapshot<>(0, nodes);
    }

    /** The other has sent so much water, which is under way. */
    private static SystemSnapshot<Cistern> coming(int litres, int... loads) {
        List<SentMessage> log = new ArrayList<>();
        for (int load : loads) {
            log.add(new SentMessage(log.size() + 1, new Cistern.Water(load)));
        }
        ChannelCheckpoint channel = new ChannelCheckpoint(log.size(), 0, log, List.of());
        return known(List.of(at(SELF, litres, Map.of(), Map.of()), at(OTHER, 0, Map.of(), Map.of(SELF, channel))));
    }

    private List<Danger> foreseen(Outlook<Cistern> from, SystemSnapshot<Cistern> snapshot, List<Event.Call> calls) {
        return new Foresight<>(from, SELF, SETTINGS, SearchResources.of(Runnable::run))
                .look(snapshot, List.of(), calls, List.of())
                .dangers();
    }

    private boolean isKeptAway(Danger danger, int litres, Event event) {
        SystemSnapshot<Cistern> now = coming(litres);
        return new Rehearsal<>(outlook.aboutTo(now, SELF, event, 1, danger.actions()))
                .leadsToViolation(SELF, event, 0, 1, danger);
    }

    @Test
    void aMessageThatWillBeTooMuchIsLeftOut() {
        List<Danger> dangers = foreseen(outlook, coming(6, 3, 4), List.of());
        assertEquals(1, dangers.size());
        Danger danger = dangers.get(0);
        assertEquals(PROPERTY, danger.property());
        assertEquals(2, danger.actions().size(), "both messages");
        assertTrue(danger.isAvoidable());
        assertEquals(new Event.Delivery(OTHER, new Cistern.Water(3)), danger.event(), "of equals the earliest");
    }

    /** What is left of its phases is no reason to think that it has a disk. */
    @Test
    void whoHasBegunAPhaseMayStillBeResetUnnoticed() {
        EmbeddedNode<Roundup> node = EmbeddedNode.of(new RoundupMachine(), SELF).call("shout", OTHER);
        Checkpoint<Roundup> checkpoint =
                new Checkpoint<>(SELF, 1, node.state(), new TreeMap<>(), List.of(), new TreeMap<>());
        SystemSnapshot<Roundup> snapshot =
                new SystemSnapshot<>(0, new TreeMap<>(Map.of(SELF, new SystemSnapshot.Known<>(List.of(), checkpoint))));
        Outlook<Roundup> roundup = new Outlook<>(new RoundupMachine(), List.of(), new Assumptions(0, 1, 0, 0));
        assertTrue(roundup.ahead(snapshot, List.of(), 1).failures().mayReset(SELF));
    }

    @Test
    void nothingIsForeseenWhereThereIsRoom() {
        assertEquals(List.of(), foreseen(outlook, coming(3, 3, 4), List.of()));
    }

    @Test
    void aFilterIsNoWiderThanThePrediction() {
        Danger danger = foreseen(outlook, coming(6, 5), List.of()).get(0);
        assertTrue(isKeptAway(danger, 6, new Event.Delivery(OTHER, new Cistern.Water(5))));
        assertTrue(
                isKeptAway(danger, 7, new Event.Delivery(OTHER, new Cistern.Water(4))), "another number is no matter");
        assertFalse(isKeptAway(danger, 6, new Event.Delivery(OTHER, new Cistern.Water(4))), "there is room for it");
        assertFalse(isKeptAway(danger, 11, new Event.Delivery(OTHER, new Cistern.Water(4))), "it runs over already");
    }

    @Test
    void aMessageIsLeftOutRatherThanATimerAndThatRatherThanACall() {
        SystemSnapshot<Cistern> both = known(List.of(
                at(SELF, 4, Map.of("rain", 1L), Map.of()),
                at(
                        OTHER,
                        0,
                        Map.of(),
                        Map.of(
                                SELF,
                                new ChannelCheckpoint(
                                        1, 0, List.of(new SentMessage(1, new Cistern.Water(2))), List.of())))));
        Event.Call pour = new Event.Call("pour", List.of(4));
        Danger danger = foreseen(outlook, both, List.of()).get(0);
        assertEquals(new Event.Delivery(OTHER, new Cistern.Water(2)), danger.event());
        SystemSnapshot<Cistern> alone = known(List.of(at(SELF, 2, Map.of("rain", 1L), Map.of())));
        assertEquals(
                new Event.TimerFired("rain"),
                foreseen(outlook, alone, List.of(pour)).get(0).event());
        SystemSnapshot<Cistern> nearly = known(List.of(at(SELF, 8, Map.of(), Map.of())));
        assertEquals(pour, foreseen(outlook, nearly, List.of(pour)).get(0).event());
    }

    @Test
    void nobodySuffersForAFailureThatMayNeverHappen() {
        Outlook<Cistern> breaking = new Outlook<>(machine, List.of(), new Assumptions(0, 0, 1, 0));
        Danger danger = foreseen(breaking, coming(10), List.of()).get(0);
        assertFalse(danger.isAvoidable(), () -> danger.actions().toString());
    }

    @Test
    void whatWasMetBeforeIsFoundByGoingAlongIt() {
        Foresight<Cistern> foresight =
                new Foresight<>(outlook, SELF, SETTINGS.withMaxWorlds(1), SearchResources.of(Runnable::run));
        Danger met = foreseen(outlook, coming(6, 3, 4), List.of()).get(0);
        Foreseen again = foresight.look(coming(6, 4, 3), List.of(BadPath.met(met.trace())), List.of(), List.of());
        assertTrue(
                again.dangers().stream().anyMatch(Danger::isKnown),
                () -> again.dangers().toString());
    }

    /** It explores nothing but the world that it is in. */
    private Foreseen shortSighted(SystemSnapshot<Cistern> snapshot, BadPath... known) {
        return new Foresight<>(outlook, SELF, SETTINGS.withMaxWorlds(1), SearchResources.of(Runnable::run))
                .look(snapshot, List.of(known), List.of(), List.of());
    }

    private static List<Optional<NodeId>> advisors(Foreseen foreseen) {
        return foreseen.dangers().stream().map(Danger::advisor).toList();
    }

    @Test
    void aHintIsGoneAlongAndBelievedOnlyWhereItEndsBadly() {
        BadPath hint = BadPath.hint(
                foreseen(outlook, coming(6, 3, 4), List.of()).get(0).trace(), OTHER);
        assertEquals(List.of(), shortSighted(coming(6, 3, 4)).dangers());
        Foreseen onAdvice = shortSighted(coming(6, 3, 4), hint);
        assertEquals(List.of(Optional.of(OTHER)), advisors(onAdvice));
        assertTrue(onAdvice.dangers().get(0).isAvoidable());
        Foreseen afterALie = shortSighted(coming(2, 3, 4), hint);
        assertEquals(List.of(), afterALie.dangers());
        assertEquals(List.of(), afterALie.refused());
    }

    @Test
    void whatIsFoundWithoutTheHintTooIsTheNodesOwn() {
        Danger found = foreseen(outlook, coming(6, 3, 4), List.of()).get(0);
        Foreseen both = new Foresight<>(outlook, SELF, SETTINGS, SearchResources.of(Runnable::run))
                .look(coming(6, 3, 4), List.of(BadPath.hint(found.trace(), OTHER)), List.of(), List.of());
        assertEquals(List.of(Optional.empty()), advisors(both));
    }

    @Test
    void callsThatTheApplicationHasNotAskedForHereAreLeftOutOfAHint() {
        Event.Call pipe = new Event.Call("pipe", List.of(SELF, 7));
        SystemSnapshot<Cistern> about =
                known(List.of(at(SELF, 6, Map.of(), Map.of()), at(OTHER, 0, Map.of(), Map.of())));
        Danger byPipe = foreseen(outlook, about, List.of(pipe)).stream()
                .filter(danger -> danger.actions().size() == 2)
                .findFirst()
                .orElseThrow();
        BadPath hint = BadPath.hint(byPipe.trace().bare(), OTHER);
        assertEquals(List.of(), shortSighted(about, hint).refused());
        Foreseen piped = shortSighted(coming(6, 7), hint);
        assertEquals(1, piped.dangers().size(), "the water is under way");
        assertEquals(1, piped.dangers().get(0).actions().size());
    }

    @Test
    void aHintOfSomethingElseIsRefusedAndTheLookGoesOn() {
        Danger found = foreseen(outlook, coming(6, 3, 4), List.of()).get(0);
        Trace.Header header = found.trace().header();
        Trace unknown = new Trace(
                new Trace.Header(
                        header.origin(), header.stateType(), header.schema(), "isNotRunningUnder", false, 0, ""),
                found.trace().steps());
        Foreseen again = shortSighted(coming(6, 3, 4), BadPath.hint(unknown, OTHER), BadPath.met(found.trace()));
        assertEquals(1, again.dangers().size());
        assertEquals(List.of(Optional.empty()), advisors(again));
        assertEquals(1, again.refused().size());
        assertEquals(unknown, again.refused().get(0).hint().trace());
        assertTrue(again.refused().get(0).reason().contains("isNotRunningOver"), "the nearest name");
    }

    @Test
    void aPathConcernsWhoeverCouldLeaveIt() {
        Danger found = foreseen(outlook, coming(6, 3, 4), List.of()).get(0);
        assertTrue(found.concerns(SELF));
        assertFalse(found.concerns(OTHER), "it has done its part");
        Outlook<Cistern> breaking = new Outlook<>(machine, List.of(), new Assumptions(0, 0, 1, 0));
        Danger broken = foreseen(breaking, coming(9, 1), List.of()).stream()
                .filter(danger -> danger.actions().stream().anyMatch(Danger::isFailure))
                .findFirst()
                .orElseThrow();
        assertFalse(broken.concerns(SELF), () -> broken.actions().toString());
    }

    @Test
    void whatAnErrorLeavesBehindIsNotUsedAgain() {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        SearchResources resources = new SearchResources(
                Runnable::run,
                () -> 0,
                () -> 0,
                () -> {
                    if (isBroken.get()) {
                        throw new AssertionError("in the middle of a search");
                    }
                    return false;
                },
                (depth, worlds, transitions, frontier) -> {});
        Foresight<Cistern> foresight = new Foresight<>(outlook, SELF, SETTINGS, resources);
        assertThrows(AssertionError.class, () -> foresight.look(coming(6, 3, 4), List.of(), List.of(), List.of()));
        isBroken.set(false);
        Foreseen next = foresight.look(coming(6, 3, 4), List.of(), List.of(), List.of());
        assertEquals(Optional.empty(), next.failure());
        assertEquals(1, next.dangers().size());
    }
}
