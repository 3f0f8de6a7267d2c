package dev.foresail.predictor.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.fixture.BoxOffice;
import dev.foresail.predictor.fixture.Moody;
import dev.foresail.predictor.fixture.Rabbits;
import dev.foresail.predictor.fixture.Relay;
import dev.foresail.predictor.fixture.Tickets;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Tests of a relay race are run as a user's would be, and what is reported of them is looked at. */
class SimulationTestTest {
    private static final String DIRECTORY = "target/simulation-test-traces";
    private static final String SAVED = DIRECTORY + "/tickets-soldOnce-1.simulation.jsonl";

    private final List<String> reported = new ArrayList<>();

    /** The first node passes the baton around, once or, as is set, more often. */
    public static final class Race implements Scenario {
        @Override
        public String name() {
            return "race";
        }

        @Override
        public List<ParameterDescription> parameters() {
            return List.of(new ParameterDescription("rounds", Integer.class, Optional.of("1")));
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(10);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            List<NodeId> way = new ArrayList<>();
            for (int round = 0; round < (Integer) parameterValues.get(0); round++) {
                way.addAll(stage.nodes());
            }
            stage.at(Duration.ZERO, () -> {
                stage.nodes().forEach(stage::start);
                stage.call(stage.nodes().get(0), "pass", List.of(way));
            });
        }
    }

    /** The first node hands out two batons, and nobody passes them on. */
    public static final class TwoBatons implements Scenario {
        @Override
        public String name() {
            return "two-batons";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofSeconds(10);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
            stage.nodes().subList(1, 3).forEach(to -> stage.call(stage.nodes().get(0), "pass", List.of(List.of(to))));
        }
    }

    /** The first of many. */
    public static final class Spring implements Scenario {
        @Override
        public String name() {
            return "spring";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofHours(1);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            stage.nodes().forEach(stage::start);
            stage.call(stage.nodes().get(0), "breed", List.of(stage.nodes().get(1)));
        }
    }

    /** Remembers how often it was played, which a scenario must not do. */
    public static final class Draws implements Scenario {
        private int plays;

        @Override
        public String name() {
            return "draws";
        }

        @Override
        public Duration duration(int nodes) {
            return Duration.ofMinutes(2);
        }

        @Override
        public void play(Stage stage, List<Object> parameterValues) {
            plays++;
            stage.nodes().forEach(stage::start);
            stage.at(
                    Duration.ofSeconds(plays),
                    () -> stage.nodes().forEach(node -> stage.call(node, "drawOnce", List.of())));
        }
    }

    /** What a user writes; run by the tests below only. */
    static class Races {
        private static final List<String> DIGESTS = new CopyOnWriteArrayList<>();

        @SimulationTest(protocol = Relay.class, nodes = 4, seeds = 1, scenario = Race.class)
        void oneRoundAsUsual(Simulation<Relay> race) {
            DIGESTS.add(race.digest());
        }

        @SimulationTest(protocol = Relay.class, nodes = 4, seeds = 1, scenario = Race.class, connectionSetup = true)
        void oneRoundOverConnectionsThatTakeTime(Simulation<Relay> race) {
            DIGESTS.add(race.digest());
        }

        @SimulationTest(protocol = Relay.class, nodes = 4, seeds = 3, firstSeed = 5, scenario = Race.class)
        void oneRound(Simulation<Relay> race) {
            assertEquals(4, race.nodes().size());
            assertTrue(race.events() > 8, "it was played");
        }

        @SimulationTest(
                protocol = Relay.class,
                nodes = 3,
                seeds = 2,
                scenario = Race.class,
                set = "rounds=4",
                parameters = "most=3")
        void tooManyRounds() {
            throw new IllegalStateException("not run where a property is violated");
        }

        @SimulationTest(protocol = Relay.class, seeds = 1, nodes = 3, scenario = Race.class, until = "1 day")
        void forTooLong() {}

        @SimulationTest(protocol = Relay.class, seeds = 1, nodes = 150, scenario = TwoBatons.class)
        void violatedWhenNobodyLooks() {}

        @SimulationTest(
                protocol = Tickets.class,
                nodes = 12,
                seeds = 2,
                shrinkRuns = 60,
                scenario = BoxOffice.class,
                faults = "crash 6/min for 1s, pause 6/min")
        void soldTwice() {}

        @ReplayTrace(SAVED)
        void soldTwiceAgain() {
            throw new IllegalStateException("not run where the property is violated");
        }

        @SimulationTest(protocol = Moody.class, nodes = 1, seeds = 1, scenario = Draws.class, verifyDeterminism = true)
        void drawnAsTheMoodIs() {}

        @SimulationTest(protocol = Rabbits.class, nodes = 3, seeds = 1, scenario = Spring.class, pendingEvents = 500)
        void moreAndMore() {}

        @SimulationTest(protocol = String.class)
        void ofNoProtocol() {}

        @SimulationTest(protocol = Relay.class, scenario = Race.class, set = "round=2")
        void withAnUnknownSetting() {}

        @SimulationTest(protocol = Relay.class, scenario = Race.class, nodes = 0)
        void withoutNodes() {}

        @SimulationTest(protocol = Relay.class, seeds = 2, nodes = 3)
        void withoutAScenario(Simulation<Relay> race) {
            assertEquals(Duration.ofMinutes(1), race.now(), "all nodes start and nothing else happens");
        }
    }

    private void run(String method, Optional<String> seed) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("foresail.traces", DIRECTORY)
                .selectors(selectMethod(
                        Races.class,
                        Arrays.stream(Races.class.getDeclaredMethods())
                                .filter(each -> each.getName().equals(method))
                                .findFirst()
                                .orElseThrow()));
        seed.ifPresent(value -> request.configurationParameter("foresail.seed", value));
        run(request.build());
    }

    private void run(LauncherDiscoveryRequest request) {
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    reported.add(test.getDisplayName() + ": "
                            + result.getThrowable().map(Throwable::getMessage).orElse("passed"));
                } else {
                    result.getThrowable().ifPresent(mistake -> reported.add(String.valueOf(mistake.getMessage())));
                }
            }
        });
    }

    private void run(String method) {
        run(method, Optional.empty());
    }

    @Test
    void eachSeedIsATestOfItsOwn() {
        run("oneRound");
        assertEquals(List.of("seed 5: passed", "seed 6: passed", "seed 7: passed"), reported);
    }

    @Test
    void connectionsCanTakeTimeToBegin() {
        Races.DIGESTS.clear();
        run("oneRoundAsUsual");
        run("oneRoundOverConnectionsThatTakeTime");
        assertEquals(2, Races.DIGESTS.stream().distinct().count(), reported::toString);
    }

    @Test
    void oneSeedCanBeRunAlone() {
        run("oneRound", Optional.of("17"));
        assertEquals(List.of("seed 17: passed"), reported);
        reported.clear();
        run("oneRound", Optional.of("many"));
        assertTrue(reported.get(0).contains("foresail.seed is a whole number, not 'many'"), reported::toString);
    }

    @Test
    void aViolationIsToldWithWhatLedToItAndTheCommandThatRepeatsIt() {
        run("tooManyRounds");
        assertEquals(2, reported.size());
        String first = reported.get(0);
        assertTrue(first.startsWith("seed 1: seed 1: heldSeldom is violated at "), first);
        assertTrue(first.contains("n1 call pass[["), first);
        assertTrue(first.contains("held: 3 -> 4"), first);
        assertTrue(first.endsWith("again: mvn test -Dtest=Races#tooManyRounds -Dforesail.seed=1"), first);
    }

    /** Between two looks at a large system nothing is seen, but there is a last one. */
    @Test
    void whatIsViolatedInTheEndIsSeen() {
        run("violatedWhenNobodyLooks");
        assertTrue(
                reported.get(0).contains("seed 1: oneHoldsIt does not hold in the end, after 10.0 s"),
                reported::toString);
    }

    @Test
    void aProtocolThatBringsNoScenarioIsStartedAndLeftAlone() {
        run("withoutAScenario");
        assertEquals(List.of("seed 1: passed", "seed 2: passed"), reported);
    }

    @Test
    void aProtocolThatRunsAwayFailsItsTest() {
        run("moreAndMore");
        assertTrue(reported.get(0).contains("seed 1: [FS448] n"), reported::toString);
        assertTrue(reported.get(0).endsWith("-Dforesail.seed=1"), reported::toString);
    }

    @Test
    void whatCannotBeIsSaidBeforeAnythingIsRun() {
        List.of("forTooLong", "ofNoProtocol", "withAnUnknownSetting", "withoutNodes")
                .forEach(this::run);
        assertEquals(4, reported.size(), reported::toString);
        assertTrue(reported.get(0).contains("until = \"1 day\" is no duration such as \"30s\""), reported::toString);
        assertTrue(reported.get(1).contains("protocol = String.class is not on the class path"), reported::toString);
        assertTrue(
                reported.get(2).contains("[FS225] the scenario race has no setting 'round'; did you mean 'rounds'?"),
                reported::toString);
        assertTrue(reported.get(3).contains("nodes = 0: at least 1"), reported::toString);
    }

    /** What a test has saved is a test: it fails with the same violation, until it does not happen any more. */
    @Test
    void aFailingSeedIsMadeSmallAndSavedAndIsATestOfItsOwn() throws IOException {
        Files.deleteIfExists(Path.of(SAVED));
        run("soldTwice");
        String failed = reported.stream()
                .filter(each -> each.contains("soldOnce is violated"))
                .findFirst()
                .orElseThrow();
        assertTrue(failed.contains("saved: " + SAVED + " with 1 of "), failed);
        assertTrue(failed.matches("(?s).* faults, [2-6] of 12 nodes, .*"), failed);
        reported.clear();
        run("soldTwiceAgain");
        assertTrue(reported.get(0).contains("soldOnce is violated at "), reported::toString);
        assertTrue(reported.get(0).endsWith("again: foresail replay " + SAVED), reported::toString);
        reported.clear();
        Files.writeString(
                Path.of(SAVED), Files.readString(Path.of(SAVED)).replaceFirst("\"faults\":1}\n.*", "\"faults\":0}"));
        run("soldTwiceAgain");
        assertTrue(reported.get(0).contains("not run where"), () -> "it is run now: " + reported);
        reported.clear();
        Files.writeString(
                Path.of(SAVED),
                Files.readString(Path.of(SAVED))
                        .replace("\"options\":[]", "\"options\":[\"--like\",\"cloud\"]")
                        .replace("\"configured\":false", "\"configured\":true"));
        run("soldTwiceAgain");
        assertTrue(
                reported.get(0)
                        .contains("[FS435] " + SAVED + " was made with what only the command line has: --like cloud"),
                reported::toString);
    }

    @Test
    void aProtocolThatIsNotDeterministicIsToldWithItsFirstOtherEvent() {
        run("drawnAsTheMoodIs");
        assertTrue(reported.get(0).contains("[FS240] not deterministic: seed 1 gave the digest "), reported::toString);
        assertTrue(reported.get(0).contains("event 2 is the first that differs:"), reported::toString);
        assertTrue(reported.get(0).contains("first run:  3.000000000 s  n1 call drawOnce[]"), reported::toString);
        assertTrue(reported.get(0).contains("second run: 4.000000000 s  n1 call drawOnce[]"), reported::toString);
    }
}
