package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.predictor.fixture.EvenLinks;
import dev.foresail.predictor.fixture.ManualResolver;
import dev.foresail.predictor.fixture.Sentry;
import dev.foresail.predictor.fixture.SentryMachine;
import dev.foresail.predictor.fixture.Simulations;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.scenario.Hold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whom simulated nodes suspect, and when: nodes are started at 0, 20 ms apart, so heartbeats are heard at 1.020 s, 2.020 s and so
 * on. After many a silence of 1 s + 3 s + 5.2264 x 100 ms is suspicious, as phi is 8 there.
 */
class SuspicionsTest {
    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final NodeId THREE = NodeId.of(3);

    private final Simulation<Sentry> stage = system();

    private static Simulation<Sentry> system() {
        SimulationSettings<Sentry> settings = new SimulationSettings<>(
                new SentryMachine(),
                List.of(),
                Simulations.ids(3),
                new EvenLinks(3, 20_000_000L, 0, 0),
                1,
                1,
                NodeSettings.DEFAULT,
                SimulationSettings.DEFAULT_PREDICTION_COST);
        Simulation<Sentry> simulation =
                new Simulation<>(settings, (self, clock, surroundings, seed) -> new ManualResolver<>(false));
        simulation.nodes().forEach(simulation::start);
        return simulation;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private void until(long millis) {
        stage.runUntil(millis(millis));
    }

    /** One and two greet each other, and a minute passes. */
    private void acquaint() {
        stage.call(ONE, "greet", List.of(TWO));
        stage.call(TWO, "greet", List.of(ONE));
        until(60_500);
    }

    /** What has happened at a node since it was greeted. */
    private List<String> at(NodeId node) {
        List<String> entries = ((Sentry) stage.state(node).orElseThrow()).entries();
        return entries.subList(Math.min(1, entries.size()), entries.size());
    }

    private boolean suspects(NodeId node, NodeId peer) {
        return stage.existing(node).isSuspected(peer);
    }

    @Test
    void aPausedNodeIsSuspectedThoughItsConnectionIsWholeAndNotLongerThanItIsSilent() {
        acquaint();
        stage.pause(TWO, millis(30_000));
        until(64_542);
        assertEquals(List.of(), at(ONE));
        until(64_543);
        assertEquals(List.of("suspected n2"), at(ONE));
        assertTrue(suspects(ONE, TWO));
        until(90_499);
        assertTrue(suspects(ONE, TWO));
        until(90_501);
        assertFalse(suspects(ONE, TWO));
        until(200_000);
        assertEquals(List.of("suspected n2"), at(ONE), "once per silence");
        assertEquals(List.of(), at(TWO), "who was stopped does not take the others for dead");
    }

    @Test
    void aNewSilenceIsSuspectedAnew() {
        acquaint();
        stage.pause(TWO, millis(30_000));
        until(120_500);
        stage.pause(TWO, millis(3_000));
        until(130_000);
        assertEquals(List.of("suspected n2"), at(ONE), "three seconds are an acceptable pause");
        stage.pause(TWO, millis(10_000));
        until(150_000);
        assertEquals(List.of("suspected n2", "suspected n2"), at(ONE));
    }

    @Test
    void behindAOneWayCutOnlyWhoHearsNothingSuspects() {
        acquaint();
        stage.cutOneWay(TWO, ONE, millis(20_000), millis(60_000));
        until(80_000);
        assertEquals(List.of("suspected n2"), at(ONE));
        assertEquals(List.of(), at(TWO));
        assertTrue(suspects(ONE, TWO) && !suspects(TWO, ONE));
        until(81_000);
        assertFalse(suspects(ONE, TWO));
    }

    @Test
    void whoIsCloggedOrHeldIsSuspectedUntilItIsHeardAgain() {
        acquaint();
        stage.clog(TWO, millis(20_000));
        until(64_543);
        assertEquals(List.of("suspected n2"), at(ONE));
        assertTrue(suspects(ONE, TWO) && suspects(TWO, ONE), "nothing comes to it either");
        until(80_501);
        assertFalse(suspects(ONE, TWO) || suspects(TWO, ONE));
        Hold hold = stage.hold(TWO, ONE);
        until(100_000);
        assertTrue(suspects(ONE, TWO) && !suspects(TWO, ONE));
        hold.release();
        assertFalse(suspects(ONE, TWO));
        stage.loss(ONE, TWO, 1, millis(20_000));
        until(110_000);
        assertTrue(suspects(ONE, TWO) && suspects(TWO, ONE));
        stage.delaySpike(ONE, TWO, 1, Duration.ofSeconds(3), millis(20_000));
        until(200_000);
        assertEquals(List.of("suspected n2", "suspected n2", "suspected n2"), at(ONE));
    }

    @Test
    void aCutIsSuspectedAtBothEnds() {
        acquaint();
        stage.cut(ONE, TWO, millis(20_000), millis(60_000));
        until(64_543);
        assertEquals(List.of("suspected n2"), at(ONE));
        assertEquals(List.of("suspected n1"), at(TWO));
        assertTrue(suspects(ONE, TWO) && suspects(TWO, ONE));
        until(81_000);
        assertFalse(suspects(ONE, TWO) || suspects(TWO, ONE));
        until(200_000);
        assertEquals(List.of("suspected n2", "lost n2"), at(ONE), "the connection ends when it is noticed");
    }

    @Test
    void aHeartbeatThatIsUnderWayWhenTheLinkIsCutIsLost() {
        stage.call(ONE, "greet", List.of(TWO));
        stage.call(TWO, "greet", List.of(ONE));
        until(60_010);
        stage.cut(ONE, TWO, millis(20_000), millis(60_000));
        until(63_542);
        assertEquals(List.of(), at(ONE));
        until(63_543);
        assertEquals(List.of("suspected n2"), at(ONE));
    }

    @Test
    void aCrashIsSuspectedLaterThanTheConnectionErrorComes() {
        acquaint();
        stage.crash(TWO, millis(0));
        until(60_521);
        assertEquals(List.of("lost n2"), at(ONE));
        until(64_542);
        assertEquals(List.of("lost n2"), at(ONE));
        until(64_543);
        assertEquals(List.of("lost n2", "suspected n2"), at(ONE));
    }

    @Test
    void whoIsBackAndHeardOfInTimeIsNotSuspected() {
        acquaint();
        stage.crash(TWO, millis(0));
        until(62_000);
        stage.restart(TWO);
        stage.call(TWO, "greet", List.of(ONE));
        until(200_000);
        assertEquals(List.of("lost n2", "greeted by n2"), at(ONE));
    }

    @Test
    void aSilentResetIsSuspectedThoughNobodyHasUsedTheConnection() {
        acquaint();
        stage.silentReset(TWO);
        until(64_543);
        assertEquals(List.of("suspected n2"), at(ONE), "the new start does not know whom to send heartbeats");
    }

    @Test
    void whoIsPausedItselfJudgesWhenItIsAwakeAgain() {
        acquaint();
        stage.pause(ONE, millis(60_000));
        stage.crash(TWO, millis(600_000));
        until(120_499);
        assertEquals(List.of(), at(ONE));
        // 480 ms of the silence had passed before the pause.
        until(124_542);
        assertEquals(List.of(), at(ONE));
        until(124_543);
        assertEquals(List.of("suspected n2"), at(ONE));
    }

    @Test
    void strangersAreNotSuspected() {
        acquaint();
        stage.pause(THREE, millis(60_000));
        until(120_000);
        assertEquals(List.of(), at(ONE));
    }

    @Test
    void whoWasLostLongAgoIsSuspectedOnlyIfTheProtocolStillNamesIt() {
        for (boolean friends : List.of(false, true)) {
            Simulation<Sentry> simulation = system();
            simulation.call(ONE, "greet", List.of(TWO));
            simulation.runUntil(millis(10_000));
            if (friends) {
                simulation.call(ONE, "befriend", List.of(TWO));
            }
            simulation.breakConnection(ONE, TWO);
            simulation.runUntil(millis(100_000));
            simulation.pause(TWO, millis(60_000));
            simulation.runUntil(millis(300_000));
            Sentry one = (Sentry) simulation.state(ONE).orElseThrow();
            assertEquals(friends ? List.of("lost n2", "suspected n2") : List.of("lost n2"), one.entries());
        }
    }

    @Test
    void anotherThresholdJudgesOtherwise() {
        stage.judgeSilencesBy(new PhiAccrualSettings(8, 10, millis(100), millis(60_000), Duration.ofSeconds(1)));
        acquaint();
        stage.pause(TWO, millis(30_000));
        until(200_000);
        assertEquals(List.of(), at(ONE));
    }

    @Test
    void theSameFaultsGiveTheSameDigest() {
        String first = digest();
        assertEquals(first, digest());
    }

    private static String digest() {
        Simulation<Sentry> simulation = system();
        simulation.call(ONE, "greet", List.of(TWO));
        simulation.at(millis(5_000), () -> simulation.pause(TWO, millis(20_000)));
        simulation.at(millis(7_000), () -> simulation.cut(ONE, TWO, millis(30_000)));
        simulation.at(millis(50_000), () -> simulation.silentReset(ONE));
        simulation.runUntil(millis(100_000));
        return simulation.digest();
    }
}
