package dev.foresail.predictor.foresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Wager;
import dev.foresail.predictor.fixture.WagerMachine;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of one who has 10 to lose, and of the draws that decide it. */
final class RehearsalTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final String PROPERTY = "isSolvent";
    private static final Event.Call BET = new Event.Call("bet", List.of(1_000));

    private final WagerMachine machine = new WagerMachine();
    private final Outlook<Wager> outlook = new Outlook<>(machine, List.of(), Assumptions.NOTHING_FAILS);

    private static SystemSnapshot<Wager> having(int lost, Map<String, Long> timers) {
        Checkpoint<Wager> own =
                new Checkpoint<>(SELF, 1, Wager.thatLost(lost), new TreeMap<>(timers), List.of(), new TreeMap<>());
        return new SystemSnapshot<>(0, new TreeMap<>(Map.of(SELF, new SystemSnapshot.Known<>(List.of(), own))));
    }

    private List<Danger> foreseen(SystemSnapshot<Wager> snapshot, Event.Call call) {
        SearchSettings settings = SearchSettings.DEFAULT
                .withKind(SearchKind.CONSEQUENCE)
                .withMaxWorlds(5_000)
                .beyondViolations();
        return new Foresight<>(outlook, SELF, settings, SearchResources.of(Runnable::run))
                .look(snapshot, List.of(), List.of(call), List.of())
                .dangers();
    }

    private Danger tooHighADraw() {
        return foreseen(having(0, Map.of()), BET).get(0);
    }

    private Rehearsal<Wager> aboutToBet(int lost, Danger danger, long mostRuns) {
        return new Rehearsal<>(outlook.aboutTo(having(lost, Map.of()), SELF, BET, 0, danger.actions()), mostRuns);
    }

    @Test
    void aHandlerIsRunOnceHoweverManyDrawsItHas() {
        Danger danger = tooHighADraw();
        Rehearsal<Wager> rehearsal = aboutToBet(0, danger, 256);
        int before = Wager.Runs.count();
        Rehearsal.Walk<Wager> walk = rehearsal.along(danger.actions(), PROPERTY);
        assertTrue(walk.isViolated());
        assertEquals(danger.actions(), walk.actions(), "drawn as on the path");
        assertEquals(1, Wager.Runs.count() - before);
    }

    @Test
    void aDrawThatIsNotPossibleIsDrawnAnew() {
        Action wanted = new Action.Handle(SELF, BET, List.of(1_000, 3));
        Rehearsal.Walk<Wager> walk = aboutToBet(0, tooHighADraw(), 256).along(List.of(wanted), PROPERTY);
        assertEquals(List.of(new Action.Handle(SELF, BET, List.of(0))), walk.actions());
        assertFalse(walk.isViolated());
    }

    @Test
    void whereTooManyHandlersWouldRunTheEventPasses() {
        Danger danger = foreseen(having(5, Map.of("fee", 1L)), new Event.Call("bet", List.of(1))).stream()
                .findFirst()
                .orElseThrow();
        Event fee = danger.event();
        SystemSnapshot<Wager> now = having(5, Map.of());
        assertTrue(new Rehearsal<>(outlook.aboutTo(now, SELF, fee, 0, danger.actions()), 256)
                .leadsToViolation(SELF, fee, 0, 1, danger));
        assertFalse(new Rehearsal<>(outlook.aboutTo(now, SELF, fee, 0, danger.actions()), 1)
                .leadsToViolation(SELF, fee, 0, 1, danger));
    }

    @Test
    void anEventIsKeptAwayWhenTheDrawThatWasForeseenWouldDoIt() {
        Danger danger = tooHighADraw();
        assertTrue(danger.isAvoidable());
        assertTrue(aboutToBet(0, danger, 256).leadsToViolation(SELF, BET, 0, 1, danger));
        Event.Call less = new Event.Call("bet", List.of(5));
        assertFalse(
                new Rehearsal<>(outlook.aboutTo(having(0, Map.of()), SELF, less, 0, danger.actions()), 256)
                        .leadsToViolation(SELF, less, 0, 1, danger),
                "no draw of five is high enough");
    }

    @Test
    void aDrawIsNoAlternativeThatCouldBeTakenInstead() {
        Event.Call small = new Event.Call("bet", List.of(6));
        Danger danger = foreseen(having(0, Map.of("fee", 1L)), small).get(0);
        assertEquals(2, danger.actions().size(), "neither the highest draw nor the fee alone");
        assertEquals(new Event.TimerFired("fee"), danger.event(), "a timer is postponed rather than a call refused");
    }
}
