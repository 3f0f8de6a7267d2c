package dev.foresail.eval.provoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.macetree.MaceRandTree;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveObserver;
import dev.foresail.steering.live.RealClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known bug on live nodes with real sockets. */
final class LiveScenarioTest {
    /** What exactly is under way when a node fails is not in the scenario's hands. */
    private static final int MOST_ATTEMPTS = 5;

    static List<Provocation<?>> provocations() {
        return Provocations.all();
    }

    private static Outcome play(Provocation<?> provocation, boolean mended, SteeringMode mode, long seed) {
        return new LiveProvocation<>(provocation, provocation.leastNodes(), mended).play(mode, seed);
    }

    @ParameterizedTest
    @MethodSource("provocations")
    @Execution(CONCURRENT)
    void theViolationHappensWhenNobodySteers(Provocation<?> provocation) {
        List<Outcome> outcomes = new ArrayList<>();
        do {
            outcomes.add(play(provocation, false, SteeringMode.OFF, outcomes.size()));
        } while (!isViolated(outcomes, provocation) && outcomes.size() < MOST_ATTEMPTS);
        assertTrue(isViolated(outcomes, provocation), outcomes::toString);
    }

    private static boolean isViolated(List<Outcome> outcomes, Provocation<?> provocation) {
        return outcomes.stream().anyMatch(outcome -> outcome.isViolated(provocation.property()));
    }

    @ParameterizedTest
    @MethodSource("provocations")
    @Execution(CONCURRENT)
    void steeringKeepsTheNodesFromItAndTheyGoOnToWork(Provocation<?> provocation) {
        boolean steered = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !steered; attempt++) {
            Outcome outcome = play(provocation, false, SteeringMode.STEER, attempt);
            assertEquals(List.of(), outcome.sightings());
            assertTrue(outcome.restored(), outcome::toString);
            steered = outcome.isSteeredFrom(provocation.property());
        }
        assertTrue(steered, "there was nothing to keep the nodes from");
    }

    /** Of the others it is seen in the simulator; live they take their time. */
    static List<Provocation<?>> quickest() {
        List<Provocation<?>> all = Provocations.all();
        return List.of(all.get(0), all.get(3), all.get(4));
    }

    @ParameterizedTest
    @MethodSource("quickest")
    @Execution(CONCURRENT)
    void theMendedProtocolIsLeftAlone(Provocation<?> provocation) {
        Outcome outcome = play(provocation, true, SteeringMode.STEER, 1);
        assertEquals(List.of(), outcome.sightings());
        assertEquals(List.of(), outcome.interventions());
        assertEquals(List.of(), outcome.failures());
        assertTrue(outcome.restored(), outcome::toString);
    }

    @Test
    @Execution(CONCURRENT)
    void amidALargerSystemAnObserverSeesWhatTheNodesDoAndWhen() {
        Set<NodeId> seen = ConcurrentHashMap.newKeySet();
        List<Outcome.Timed> interventions = Collections.synchronizedList(new ArrayList<>());
        LiveProvocation<MaceRandTree> provocation = new LiveProvocation<>(Provocations.silentRejoin(1), 31, false);
        long beforeNanos = RealClock.nanos();
        Outcome outcome;
        long attempt = 0;
        do {
            seen.clear();
            interventions.clear();
            outcome = provocation.play(
                    configuration -> configuration.with(SteeringMode.STEER), watching(seen, interventions), ++attempt);
            assertEquals(List.of(), outcome.sightings());
        } while (!outcome.isSteeredFrom("familyIsDisjoint") && attempt < MOST_ATTEMPTS);
        long afterNanos = RealClock.nanos();
        assertTrue(outcome.isSteeredFrom("familyIsDisjoint"), outcome.toString());
        assertTrue(outcome.restored(), outcome.toString());
        assertEquals(31, seen.size());
        assertEquals(outcome.interventions(), interventions);
        assertTrue(
                interventions.stream()
                        .allMatch(each -> each.atNanos() - beforeNanos >= 0 && afterNanos - each.atNanos() >= 0),
                "the time is that of the live nodes' clock");
    }

    private static LiveObserver<MaceRandTree> watching(Set<NodeId> seen, List<Outcome.Timed> interventions) {
        return new LiveObserver<>() {
            @Override
            public void handled(NodeId node, MaceRandTree state) {
                seen.add(node);
            }

            @Override
            public void intervened(Intervention intervention, long atNanos) {
                interventions.add(new Outcome.Timed(intervention, atNanos));
            }
        };
    }
}
