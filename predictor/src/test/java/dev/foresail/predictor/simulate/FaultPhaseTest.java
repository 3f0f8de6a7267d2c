package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Diary;
import dev.foresail.predictor.fixture.DiaryMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.StartAll;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultOccurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Diarists who write to each other all the while, for ten minutes. */
class FaultPhaseTest {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private static final String EVERYTHING = Arrays.stream(FaultKind.values())
            .map(kind -> kind.label() + " 6/min")
            .collect(Collectors.joining(", "));

    private final List<NodeId> again = new ArrayList<>();
    private final List<Down> down = new ArrayList<>();

    private record Down(long second, long up) {}

    private final Scenario writing = new Scenario() {
        @Override
        public String name() {
            return "writing";
        }

        @Override
        public Duration duration(int nodes) {
            return LENGTH;
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
            for (long second = 0; second < LENGTH.toSeconds(); second++) {
                long number = second;
                stage.at(Duration.ofSeconds(second), () -> {
                    NodeId from = stage.nodes().get((int) (number % 5));
                    stage.call(from, "write", List.of(stage.nodes().get((int) ((number + 1) % 5)), number));
                    long up = stage.nodes().stream().filter(stage::isUp).count();
                    if (up < 5) {
                        down.add(new Down(number, up));
                    }
                });
            }
        }

        @Override
        public void restarted(Stage stage, NodeId node, List<Object> parameterValues) {
            assertTrue(stage.isUp(node));
            again.add(node);
        }
    };

    private Simulation<Diary> play(String mix, long seed) {
        return play(new FaultPhase(FaultMix.perSeed(mix)), seed);
    }

    private Simulation<Diary> play(FaultPhase faults, long seed) {
        Simulation<Diary> simulation = Simulations.of(
                new DiaryMachine(), List.of(), 5, seed, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
        faults.play(simulation, writing, List.of(), LENGTH);
        simulation.runUntil(LENGTH);
        return simulation;
    }

    @Test
    void everyKindHappensAboutAsOftenAsItIsAskedFor() {
        Set<FaultKind> healing = EnumSet.complementOf(EnumSet.of(FaultKind.LEAVE));
        String mix = healing.stream()
                .map(kind -> kind.label() + (kind == FaultKind.CHURN ? " 6/min for 1s" : " 6/min"))
                .collect(Collectors.joining(", "));
        Map<String, Double> records = play(mix, 3).records();
        for (FaultKind kind : healing) {
            double count = records.get("faults." + kind.label());
            assertTrue(count > 20 && count < 65, () -> kind + ": " + count + ", of 40 in 400 seconds");
        }
    }

    @Test
    void whoLeavesForGoodIsNeverMoreThanHalf() {
        Simulation<Diary> simulation = play("leave 6/min, churn 6/min for 1s", 3);
        assertEquals(2, simulation.records().get("faults.leave"), 0.0);
        assertEquals(3, simulation.nodes().stream().filter(simulation::isUp).count());
    }

    @Test
    void clocksAreRightAgainAndNobodyIsSlowInTheEnd() {
        Simulation<Diary> simulation = play("clock 10/min, slow 10/min", 4);
        for (NodeId node : simulation.nodes()) {
            simulation.call(node, "wind", List.of(Duration.ofSeconds(1)));
        }
        simulation.runUntil(LENGTH.plusMillis(999));
        List<Object> before = states(simulation);
        simulation.runUntil(LENGTH.plusSeconds(1));
        for (NodeId node : simulation.nodes()) {
            Diary diary = (Diary) simulation.state(node).orElseThrow();
            assertEquals("rang", diary.entries().get(diary.entries().size() - 1), node::toString);
        }
        assertTrue(before.stream().noneMatch(diary -> ((Diary) diary).entries().contains("rang")));
    }

    private static List<Object> states(Simulation<Diary> simulation) {
        return simulation.nodes().stream()
                .map(node -> simulation.state(node).orElseThrow())
                .toList();
    }

    @Test
    void aKindThatIsAddedDoesNotMoveTheOthers() {
        play("crash 6/min for 1s", 8);
        List<NodeId> crashed = List.copyOf(again);
        again.clear();
        play("crash 6/min for 1s, slow 6/min, clock 6/min", 8);
        assertEquals(crashed, again);
    }

    @Test
    void whoCrashesComesBackAndTheScenarioIsTold() {
        Simulation<Diary> simulation = play("crash 10/min for 2s, amnesia 5/min for 1s", 4);
        double crashes =
                simulation.records().get("faults.crash") + simulation.records().get("faults.amnesia");
        assertEquals(crashes, again.size(), 0.0);
        assertTrue(simulation.nodes().stream().allMatch(simulation::isUp));
        assertTrue(down.size() > 20, "some were down for seconds");
        assertTrue(down.stream().allMatch(moment -> moment.up() >= 1), "never all");
    }

    @Test
    void theLastThirdIsWithoutFaults() {
        Simulation<Diary> calm = play("crash 20/min for 1s", 5);
        assertTrue(down.stream().allMatch(moment -> moment.second() <= 400), down::toString);
        assertTrue(calm.records().get("faults.crash") > 80);
    }

    @Test
    void whatWouldNotBeOverInTimeDoesNotBegin() {
        assertEquals(
                List.of(),
                List.copyOf(play("crash 20/min for 401s", 5).records().keySet()));
    }

    @Test
    void theCallsOfAProtocolWithoutAScenarioAreMadeAgain() {
        Simulation<Diary> simulation = Simulations.of(
                new DiaryMachine(), List.of(), 5, 6, ResolverSettings.policy(ResolverSettings.Kind.FIRST));
        StartAll scenario = new StartAll(List.of(new Event.Call("wind", List.of(Duration.ofSeconds(1)))));
        new FaultPhase(FaultMix.perSeed("silent-reset 5/min")).play(simulation, scenario, List.of(), LENGTH);
        simulation.runUntil(LENGTH);
        for (NodeId node : simulation.nodes()) {
            Diary diary = (Diary) simulation.state(node).orElseThrow();
            assertTrue(diary.entries().contains("rang"), () -> node + ": " + diary.entries());
        }
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertEquals(play("swarm", 6).digest(), play("swarm", 6).digest());
        assertEquals(play(EVERYTHING, 6).digest(), play(EVERYTHING, 6).digest());
        assertNotEquals(play("swarm", 6).digest(), play("swarm", 7).digest());
    }

    /** A schedule is data: it can be taken down, thinned out, and given. */
    @Test
    void whatIsDrawnCanBeGiven() {
        FaultPhase drawn = new FaultPhase(FaultMix.perSeed("crash 6/min for 2s, cut 6/min"));
        List<FaultOccurrence> all = drawn.faults(8, LENGTH);
        assertEquals(play(drawn, 8).digest(), play(drawn.with(all), 8).digest());
        Simulation<Diary> two = play(drawn.with(all.subList(0, 2)), 8);
        assertEquals(
                2.0, two.records().values().stream().mapToDouble(count -> count).sum(), two.records()::toString);
    }

    @Test
    void anotherKindInTheMixDoesNotMoveTheOthers() {
        FaultPhase crashes = new FaultPhase(FaultMix.perSeed("crash 6/min"));
        FaultPhase both = new FaultPhase(FaultMix.perSeed("pause 9/min, crash 6/min"));
        assertEquals(
                crashes.faults(8, LENGTH),
                both.faults(8, LENGTH).stream()
                        .filter(fault -> fault.kind() == FaultKind.CRASH)
                        .toList());
    }
}
