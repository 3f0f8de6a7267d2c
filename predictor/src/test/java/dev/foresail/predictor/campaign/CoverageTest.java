package dev.foresail.predictor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.SyntheticWideArea;
import dev.foresail.predictor.campaign.Coverage.Pair;
import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.Ledger;
import dev.foresail.predictor.fixture.LedgerMachine;
import dev.foresail.predictor.fixture.Rambler;
import dev.foresail.predictor.fixture.RamblerMachine;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.fixture.TicketsMachine;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.FaultPhase;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a day at the box office has tried of its protocol. */
class CoverageTest {
    /** The office closes after a minute, and its guests give away what they have. */
    private static final class Evening implements Scenario {
        private final BoxOffice day = new BoxOffice();

        @Override
        public String name() {
            return "evening";
        }

        @Override
        public Duration duration(int nodes) {
            return day.duration(nodes);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            day.play(stage, parameterValues);
            stage.at(Duration.ofSeconds(60), () -> {
                stage.call(stage.nodes().get(0), "close", List.of());
                stage.call(stage.nodes().get(1), "giveAway", List.of());
            });
        }
    }

    private static SeedRun<Tickets> run(SimulationPlan<Tickets> plan, long seed, Coverage coverage) {
        return new SeedRun<>(plan, seed, Optional.of(coverage), (system, watch) -> {});
    }

    private static Coverage play(SimulationPlan<Tickets> plan, long seed) {
        Coverage coverage = new Coverage(plan.machine());
        run(plan, seed, coverage).play();
        return coverage;
    }

    private static Coverage of(Scenario scenario) {
        return play(Plans.of(new TicketsMachine(), scenario, 5, ""), 1);
    }

    private static Pair pair(Coverage coverage, String handler) {
        return coverage.pairs().stream()
                .filter(each -> each.handler().equals(handler))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasNeverTriedIsToldInTheProtocolsTerms() {
        Coverage day = of(new BoxOffice());
        assertEquals(new Pair("sell", "message Request", 44, 44, 44), pair(day, "sell"));
        Coverage.Never never = day.never();
        assertEquals(List.of("complain", "giveAway", "close", "open"), never.handlersRun());
        assertEquals(List.of("open"), never.timersFired());
        assertEquals(List.of("Complaint"), never.messagesReceived());
        assertEquals(List.of("giveAway", "close"), never.callsMade());
        assertEquals(List.of("tickets.giveAway.friend"), never.choicesMade());
        assertEquals(List.of("sell (message Request)"), never.guardsFalse());
        assertEquals(List.of(), never.guardsTrue(), "nobody has complained, so nothing is known of that guard");
    }

    @Test
    void aGuardThatWasFalseOnceAndAChoiceThatWasMadeAreTold() {
        Coverage evening = of(new Evening());
        Pair sell = pair(evening, "sell");
        assertEquals(44, sell.asked());
        assertTrue(sell.enabled() > 20 && sell.enabled() < 35, sell::toString);
        assertEquals(sell.enabled(), sell.ran());
        assertEquals(List.of(), evening.never().guardsFalse());
        assertEquals(List.of(new Coverage.Choice("tickets.giveAway.friend", 1, List.of(1L, 0L))), evening.choices());
        assertEquals(List.of("tickets.giveAway.friend: 2 of 2"), evening.never().alternativesTaken());
    }

    /** What the office is asked when it is closed is another thing than when it is open. */
    @Test
    void eventsAreToldByTheClassOfTheStateThatTheyCameIn() {
        Coverage evening = of(new Evening());
        long open = asked(evening, "closed=false", "message Request");
        long closed = asked(evening, "closed=true", "message Request");
        assertEquals(44, open + closed);
        assertTrue(open > 0 && closed > 0, () -> open + " and " + closed);
        assertTrue(
                evening.never().stateEventsMet().contains("call book in closed=true"),
                () -> evening.never().toString());
        assertEquals(List.of(), new Coverage(new LedgerMachine()).stateEvents());
        evening.add(of(new Evening()));
        assertEquals(2 * closed, asked(evening, "closed=true", "message Request"));
    }

    private static long asked(Coverage coverage, String state, String event) {
        return coverage.stateEvents().stream()
                .filter(met -> met.state().equals(state) && met.event().equals(event))
                .mapToLong(Coverage.StateEvent::asked)
                .sum();
    }

    /** A handler chooses in the middle of its work. */
    @Test
    void choicesWithinHandlersAreToldToo() {
        Scenario rambling = new Scenario() {
            @Override
            public String name() {
                return "rambling";
            }

            @Override
            public Duration duration(int nodes) {
                return Duration.ofSeconds(20);
            }

            @Override
            public void play(Stage stage, List<Object> parameterValues) {
                stage.nodes().forEach(stage::start);
                stage.nodes().forEach(node -> stage.call(node, "go", List.of(1)));
            }
        };
        SimulationPlan<Rambler> plan = new SimulationPlan<>(
                new SimulatedSystem<>(
                        new RamblerMachine(),
                        new TreeMap<>(
                                Map.of("program", "1", "nodes", "6", "throwing", "0", "late", "0", "quiet", "false")),
                        Plans.hosting(new RamblerMachine()),
                        SyntheticWideArea::generate),
                6,
                new PlayedScenario(rambling, new TreeMap<>(), FaultPhase.NONE, Optional.empty()),
                1);
        Coverage coverage = new Coverage(plan.machine());
        SeedOutcome noted = new SeedRun<>(plan, 1, Optional.of(coverage), (system, watch) -> {}).play();
        assertEquals(new SeedRun<>(plan, 1).play().digest(), noted.digest());
        Coverage.Choice kept = coverage.choices().get(0);
        assertEquals("rambler.kept", kept.choice());
        assertEquals(List.of(kept.made(), 0L, 0L, 0L), kept.taken(), "the first is taken always");
        assertTrue(coverage.never().alternativesTaken().contains("rambler.kept: 2 of 4"));
    }

    @Test
    void coveragesOfSeedsAddUp() {
        Coverage both = of(new BoxOffice());
        both.add(of(new Evening()));
        assertEquals(88, pair(both, "sell").asked());
        assertEquals(List.of("complain", "open"), both.never().handlersRun());
        assertEquals(1, both.choices().get(0).made());
    }

    /** Notes are taken beside the run, not in it. */
    @Test
    void aRunIsTheSameWhetherSomebodyWantsToKnowOrNot() {
        SimulationPlan<Tickets> plan = Plans.tickets(5, Plans.MIX);
        SeedOutcome noted = run(plan, 3, new Coverage(plan.machine())).play();
        assertEquals(new SeedRun<>(plan, 3).play().digest(), noted.digest());
    }

    /** Everybody books once a second. */
    private static final class Bookkeeping implements Scenario {
        @Override
        public String name() {
            return "bookkeeping";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(60);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
            for (long second = 1; second < 40; second++) {
                List<Object> amount = List.of(second);
                stage.at(
                        Duration.ofSeconds(second),
                        () -> stage.nodes().stream()
                                .filter(stage::isUp)
                                .forEach(node -> stage.call(node, "book", amount)));
            }
        }
    }

    /** A protocol is asked what is left of a write that was torn; who takes notes must not answer in its stead. */
    @Test
    void whatIsLeftOfTornWritesIsTheSameWhetherSomebodyWantsToKnowOrNot() {
        SimulationPlan<Ledger> plan = Plans.of(new LedgerMachine(), new Bookkeeping(), 3, "torn-writes 12/min for 1s");
        Coverage coverage = new Coverage(plan.machine());
        SeedRun<Ledger> noted = new SeedRun<>(plan, 1, Optional.of(coverage), (system, watch) -> {});
        assertEquals(inTheEnd(new SeedRun<>(plan, 1)), inTheEnd(noted));
    }

    private static List<String> inTheEnd(SeedRun<Ledger> run) {
        run.play();
        return run.simulation().nodes().stream()
                .map(node -> ((Ledger) run.simulation().state(node).orElseThrow()).durable())
                .toList();
    }

    /** What a machine need not say has a default, which is none of the machine's that is covered. */
    @Test
    void everythingThatAMachineIsAskedIsHandedOn() {
        List<String> answeredItself = Arrays.stream(Machine.class.getDeclaredMethods())
                .filter(asked -> !Modifier.isStatic(asked.getModifiers()) && !asked.isSynthetic())
                .filter(asked -> !isDeclared(asked))
                .map(Method::toString)
                .toList();
        assertEquals(List.of(), answeredItself);
    }

    private static boolean isDeclared(Method asked) {
        return Arrays.stream(CoveringMachine.class.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(asked.getName())
                        && Arrays.equals(own.getParameterTypes(), asked.getParameterTypes()));
    }

    @Test
    void theKindsOfEventsAreCalledAsTheHandlersSay() {
        List<String> kinds = new Coverage(new DiaryMachine())
                .pairs().stream().map(Pair::event).toList();
        assertTrue(
                kinds.containsAll(
                        List.of("start", "restart", "call wind", "timer ring", "message Line", "connection error")),
                kinds::toString);
    }
}
