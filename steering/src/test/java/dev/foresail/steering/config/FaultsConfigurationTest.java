package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.scenario.fault.Churn;
import dev.foresail.predictor.scenario.fault.FaultKind;
import dev.foresail.predictor.scenario.fault.FaultMix;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import dev.foresail.predictor.simulate.FaultPhase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The section {@code faults}. */
final class FaultsConfigurationTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(FaultsConfigurationTest.class.getClassLoader()));

    private FaultSettings read(String section) {
        return reader.readSimulation("sim.yaml", "protocol: kitchen\n" + section, Optional.empty())
                .faults();
    }

    private FaultMix mix(String section) {
        return read(section).of(Duration.ofHours(1)).mixes().apply(1);
    }

    private static void assertProblem(String place, String code, String reason, ConfigurationException refused) {
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertEquals("sim.yaml:" + place + " " + code, only.place() + " " + only.code(), refused::getMessage);
        assertTrue(only.text().contains(reason), only::text);
    }

    private void assertRefused(String place, String code, String reason, String section) {
        assertProblem(place, code, reason, assertThrows(ConfigurationException.class, () -> read(section)));
    }

    private void assertBeyond(String place, String reason, String section) {
        FaultSettings settings = read(section);
        assertProblem(place, "FS432", reason, assertThrows(ConfigurationException.class, () -> settings.of(MINUTE)));
        settings.of(Duration.ofHours(1));
    }

    @Test
    void withoutTheSectionNothingGoesWrong() {
        assertEquals(FaultSettings.NONE, read(""));
        assertEquals(FaultMix.NONE, mix(""));
    }

    @Test
    void everyKindIsSaidByItsRateOrInFull() {
        FaultMix mix = mix("""
                faults:
                  pause: 30/h
                  crash: {rate: 2/min, for: 7s}
                  silent-reset: {rate: 0.5/s}
                  slow: {rate: 1/min}
                """);
        assertEquals(
                List.of(
                        new Fault(FaultKind.CRASH, 2, Duration.ofSeconds(7)),
                        new Fault(FaultKind.SILENT_RESET, 30, Duration.ZERO),
                        new Fault(FaultKind.PAUSE, 0.5, FaultKind.PAUSE.usually()),
                        new Fault(FaultKind.SLOW, 1, FaultKind.SLOW.usually())),
                mix.faults(),
                "in the order of the kinds, whatever that of the file");
        assertEquals(
                FaultMix.parse("crash 2/min for 7s, pause 30/h").faults().get(1),
                mix.faults().get(2));
    }

    @Test
    void nodesComeAndGoAsTheFileSays() {
        assertEquals(
                new FaultMix(
                        List.of(new Fault(FaultKind.CHURN, 4, Duration.ofSeconds(30))),
                        Churn.NONE.mostAway(3).warmingUp(Duration.ofSeconds(5)).keepingState()),
                mix("faults: {churn: {rate: 4/min, for: 30s, mostAway: 3, warmUp: 5s, keepsState: true}}\n"));
    }

    @Test
    void theEndOfTheFaultsAndTheTimeOfEventsCanBeSaid() {
        FaultPhase phase =
                read("faults: {until: 50s, serviceTime: 200us, crash: 1/min}\n").of(MINUTE);
        assertEquals(Duration.ofSeconds(50), phase.end(MINUTE));
        assertEquals(Duration.ofNanos(200_000), phase.serviceTime());
        assertEquals(
                Duration.ofSeconds(40),
                read("faults: {crash: 1/min}\n").of(MINUTE).end(MINUTE));
    }

    @Test
    void aSwarmIsAnotherMixForEachSeed() {
        FaultPhase phase = read("faults: swarm\n").of(MINUTE);
        assertEquals(FaultMix.perSeed("swarm").apply(3), phase.mixes().apply(3));
        assertNotEquals(phase.mixes().apply(4), phase.mixes().apply(3));
    }

    @Test
    void whatMakesNoSenseIsNamedWithItsPlace() {
        assertRefused(
                "2:10", "FS204", "unknown key 'crush' in faults; did you mean 'crash'?", "faults: {crush: 1/min}\n");
        assertRefused("2:17", "FS207", "'-1/min' where a rate above 0", "faults: {crash: -1/min}\n");
        assertRefused("2:24", "FS207", "faults.crash.rate: '0/s' where a rate", "faults: {crash: {rate: 0/s}}\n");
        assertRefused("2:17", "FS207", "'2/week' where", "faults: {crash: 2/week}\n");
        assertRefused("2:17", "FS207", "where a rate", "faults: {crash: 2/min for 5s}\n");
        assertRefused("2:17", "FS206", "'faults.crash.rate' is missing", "faults: {crash: {for: 5s}}\n");
        assertRefused("2:36", "FS207", "a duration", "faults: {crash: {rate: 1/min, for: ever}}\n");
        assertRefused(
                "2:31", "FS204", "unknown key 'for' in faults.break", "faults: {break: {rate: 1/min, for: 5s}}\n");
        assertRefused("2:41", "FS207", "at least 1", "faults: {churn: {rate: 1/min, mostAway: 0}}\n");
        assertRefused("2:23", "FS207", "a duration", "faults: {serviceTime: -1ms}\n");
        assertRefused("2:9", "FS207", "a map", "faults: swam\n");
    }

    @Test
    void whatIsNeverOverInTheRunIsNamedWithItsPlace() {
        assertBeyond(
                "2:36",
                "faults.crash.for: 40.0 s is beyond the run: faults are over at 40.0 s of 60.0 s",
                "faults: {crash: {rate: 1/min, for: 40s}}\n");
        FaultSettings early = read("faults: {until: 4s, crash: 1/min}\n");
        assertProblem(
                "2:28",
                "FS432",
                "faults.crash: 5.0 s is beyond the run: faults are over at 4.0 s of 60.0 s",
                assertThrows(ConfigurationException.class, () -> early.of(MINUTE)));
        assertBeyond("2:17", "faults.until: 61.0 s", "faults: {until: 61s}\n");
        assertBeyond("2:39", "faults.churn.warmUp", "faults: {churn: {rate: 1/min, warmUp: 45s}}\n");
        read("faults: {churn: {rate: 1/min, for: 10m}}\n").of(MINUTE);
    }
}
