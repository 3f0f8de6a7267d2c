package dev.foresail.eval.provoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.campaign.Scenarios;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.control.SteeringMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known bug in the simulator: on as few nodes as it takes, and amid 31. */
final class SimulatedScenarioTest {
    private static final int MANY = 31;

    static List<Provocation<?>> provocations() {
        return Provocations.all();
    }

    static Stream<Arguments> systems() {
        return provocations().stream()
                .flatMap(each -> Stream.of(each.leastNodes(), MANY).map(nodes -> Arguments.of(each, nodes)));
    }

    /** Looking ahead on each of many nodes takes its time. */
    private static List<Long> seeds(int nodes) {
        return nodes == MANY ? List.of(1L) : List.of(1L, 2L, 3L);
    }

    private static Outcome play(Provocation<?> provocation, int nodes, boolean mended, SteeringMode mode, long seed) {
        return new SimulatedProvocation<>(provocation, nodes, mended, mode, seed).play();
    }

    @ParameterizedTest
    @MethodSource("systems")
    void theViolationHappensWhenNobodySteers(Provocation<?> provocation, int nodes) {
        for (long seed : seeds(nodes)) {
            Outcome outcome = play(provocation, nodes, false, SteeringMode.OFF, seed);
            assertTrue(outcome.isViolated(provocation.property()), outcome::toString);
            assertEquals(List.of(), outcome.interventions());
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void steeringKeepsTheNodesFromItAndTheyGoOnToWork(Provocation<?> provocation, int nodes) {
        for (long seed : seeds(nodes)) {
            Outcome outcome = play(provocation, nodes, false, SteeringMode.STEER, seed);
            assertEquals(List.of(), outcome.sightings());
            assertTrue(outcome.isSteeredFrom(provocation.property()), outcome::toString);
            assertTrue(outcome.restored(), outcome::toString);
            assertEquals(List.of(), outcome.failures());
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void theMendedProtocolIsLeftAlone(Provocation<?> provocation, int nodes) {
        for (long seed : seeds(nodes)) {
            Outcome outcome = play(provocation, nodes, true, SteeringMode.STEER, seed);
            assertEquals(List.of(), outcome.sightings());
            assertEquals(List.of(), outcome.interventions());
            assertTrue(outcome.restored(), outcome::toString);
            assertEquals(List.of(), outcome.failures());
        }
    }

    @ParameterizedTest
    @MethodSource("provocations")
    void theSameSeedGivesTheSameOutcome(Provocation<?> provocation) {
        assertEquals(
                play(provocation, provocation.leastNodes() + 2, false, SteeringMode.STEER, 7),
                play(provocation, provocation.leastNodes() + 2, false, SteeringMode.STEER, 7));
    }

    @Test
    void votesAgainstAMajorityEndInLearnersThatDecideDifferently() {
        for (Provocation<?> provocation : List.of(Provocations.lastPromise(), Provocations.forgottenVotes())) {
            Outcome outcome = play(provocation, provocation.leastNodes(), false, SteeringMode.OFF, 1);
            List<String> seen =
                    outcome.sightings().stream().map(Sighting::property).toList();
            assertTrue(seen.contains("isAgreed"), seen::toString);
            assertTrue(seen.indexOf("isMajorityFollowed") < seen.indexOf("isAgreed"), seen::toString);
        }
    }

    @Test
    void theChildOfAnyHeadCanBeLost() {
        for (int head = 1; head <= 4; head++) {
            Outcome outcome = play(Provocations.silentRejoin(head), MANY, false, SteeringMode.OFF, 1);
            assertEquals(
                    Set.of(NodeId.of(1 + head)),
                    outcome.sightings().stream().map(Sighting::node).collect(Collectors.toSet()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> play(Provocations.silentRejoin(5), MANY, false, SteeringMode.OFF, 1));
    }

    @Test
    void whoWouldBeTurnedBackForEverHearsOfItsLossByLookingAhead() {
        Outcome outcome = play(Provocations.silentRejoin(4), MANY, false, SteeringMode.STEER, 1);
        assertEquals(List.of(), outcome.sightings());
        assertTrue(outcome.isSteeredFrom("familyIsDisjoint"), outcome::toString);
        assertTrue(outcome.restored(), outcome::toString);
    }

    @ParameterizedTest
    @MethodSource("provocations")
    void tooFewNodesAreRefused(Provocation<?> provocation) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> play(provocation, provocation.leastNodes() - 1, false, SteeringMode.OFF, 1));
        assertTrue(refused.getMessage().contains("at least " + provocation.leastNodes()), refused::getMessage);
    }

    @Test
    void theCommandLineSaysWhyAScenarioIsRefused() {
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said, true);
        int code = Foresail.execute(
                List.of("simulate", "mace-randtree", "--scenario", "rt-1", "--nodes", "2"), both, both);
        assertEquals(64, code);
        assertTrue(
                said.toString()
                        .contains("[FS225] the scenario rt-1 refuses its settings: the scenario takes at least 3"),
                said::toString);
    }

    @ParameterizedTest
    @MethodSource("provocations")
    void theCommandLineKnowsTheScenario(Provocation<?> provocation) {
        Scenarios scenarios = Scenarios.of(getClass().getClassLoader());
        assertEquals(
                provocation.scenario().getClass(),
                scenarios.find(provocation.bug().toLowerCase(Locale.ROOT)).getClass());
    }
}
