package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.detector.FailureDetectorSettings.Use;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The section {@code failureDetector}. */
final class FailureDetectorConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(FailureDetectorConfigurationTest.class.getClassLoader()));

    private FailureDetectorSettings read(String section) {
        return reader.readNode("node.yaml", Samples.SMALL + section).failureDetector();
    }

    private void assertRefused(String place, String code, String reason, String section) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(section));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertEquals("node.yaml:" + place + " " + code, only.place() + " " + only.code(), refused::getMessage);
        assertTrue(only.text().contains(reason), only::text);
    }

    @Test
    void withoutTheSectionTheProtocolDecides() {
        assertEquals(FailureDetectorSettings.DEFAULT, read(""));
    }

    @Test
    void theSectionSwitchesItOnOrOff() {
        assertEquals(
                new FailureDetectorSettings(Use.ALWAYS, PhiAccrualSettings.DEFAULT), read("failureDetector: {}\n"));
        assertEquals(
                new FailureDetectorSettings(Use.NEVER, PhiAccrualSettings.DEFAULT),
                read("failureDetector: {enabled: false}\n"));
    }

    @Test
    void everythingCanBeSaid() {
        String section = "failureDetector: {enabled: true, threshold: 12.5, window: 50, minimumDeviation: 20ms,"
                + " acceptablePause: 0s, heartbeat: 200ms}\n";
        PhiAccrualSettings silences =
                new PhiAccrualSettings(12.5, 50, Duration.ofMillis(20), Duration.ZERO, Duration.ofMillis(200));
        assertEquals(new FailureDetectorSettings(Use.ALWAYS, silences), read(section));
        assertEquals(
                silences,
                reader.readSimulation("sim.yaml", "protocol: kitchen\n" + section, Optional.empty())
                        .failureDetector()
                        .silences());
    }

    @Test
    void whatMakesNoSenseIsNamedWithItsPlace() {
        assertRefused("6:18", "FS207", "a map", "failureDetector: yes\n");
        assertRefused("6:28", "FS207", "true or false", "failureDetector: {enabled: yes}\n");
        assertRefused("6:30", "FS207", "a number above 0", "failureDetector: {threshold: 0}\n");
        assertRefused("6:27", "FS207", "from 1 to 10000", "failureDetector: {window: 100000}\n");
        assertRefused("6:30", "FS207", "above zero", "failureDetector: {heartbeat: 0s}\n");
        assertRefused("6:19", "FS204", "did you mean 'acceptablePause'", "failureDetector: {acceptablePuse: 1s}\n");
    }
}
