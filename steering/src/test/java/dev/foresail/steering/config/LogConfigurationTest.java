package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.log.LogLevel;
import dev.foresail.steering.logging.LogSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The section {@code log}. */
final class LogConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(LogConfigurationTest.class.getClassLoader()));

    private LogSettings read(String section) {
        return reader.readNode("node.yaml", "protocol: kitchen\nnode: 1\nlisten: 127.0.0.1:0\n" + section)
                .log();
    }

    @Test
    void withoutTheSectionSomeEventsAreKept() {
        assertEquals(LogSettings.DEFAULT, read(""));
        assertEquals(LogSettings.DEFAULT, read("log: {}\n"));
    }

    @Test
    void everythingCanBeSaid() {
        assertEquals(
                new LogSettings(0, Optional.of(Path.of("node1.jsonl")), Set.of(LogLevel.EVENT, LogLevel.GENERATED)),
                read("log: {events: 0, file: node1.jsonl, levels: [event, generated]}\n"));
        assertEquals(Set.of(LogLevel.STATE), read("log: {levels: state}\n").levels());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertRefused("node.yaml:4:16: [FS542]", "did you mean 'event'?", "log: {levels: [events]}\n");
        assertRefused("FS207", "a whole number of at least 0", "log: {events: -1}\n");
        assertRefused("FS204", "did you mean 'levels'?", "log: {level: event}\n");
    }

    private void assertRefused(String code, String part, String section) {
        String refused = String.valueOf(
                assertThrows(ConfigurationException.class, () -> read(section)).getMessage());
        assertTrue(refused.contains(code), refused);
        assertTrue(refused.contains(part), refused);
    }
}
