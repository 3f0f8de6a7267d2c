package dev.foresail.steering.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.service.Choices;
import dev.foresail.predictor.service.Chosen;
import dev.foresail.predictor.service.ServiceSettings;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.ServiceChoicesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service, its file, and what is wrong with it. */
class ForesailTest {
    private static final String WHOLE = """
            choices:
              replica:
                objectives:
                  - subject to: failures < 10%
                  - minimize: p99(latency)
                memory: {outcomes: 32, span: 10s}
                explored: 1%
              mirror: {explored: 0%}
            """;

    @Test
    void aServiceChoosesAsItsFileSays(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("choices.yaml"), WHOLE);
        Choices choices = Foresail.choices(file);

        try (Chosen<String> replica = choices.choose("replica", List.of("ash", "birch"))) {
            assertEquals(2, replica.decision().costs().size(), "a constraint and an objective");
            replica.succeeded();
        }

        assertEquals(1, choices.figures("replica").ended());
    }

    @Test
    void whatTheFileLeavesOutIsAsWithoutIt() {
        Map<String, ServiceSettings> settings = ServiceChoicesReader.read("choices.yaml", WHOLE);

        assertEquals(0.01, settings.get("replica").explored());
        assertEquals(
                new ServiceSettings.Memory(32, 10_000_000_000L),
                settings.get("replica").memory());
        assertEquals(ServiceSettings.DEFAULT.memory(), settings.get("mirror").memory());
        assertEquals(
                ServiceSettings.DEFAULT.objectives(), settings.get("mirror").objectives());
    }

    @Test
    void theProcessSharesItsChoices() {
        assertSame(Foresail.choices(), Foresail.choices());
    }

    @Test
    void allMistakesAreSaidAtOnceWithTheirPlaces() {
        String text = """
                choices:
                  replica:
                    objectives:
                      - minimise: latency
                      - minimize: latency + failures
                      - minimize: latencies
                    explored: 0.5
                    memory: {outcomes: 3}
                """;

        ConfigurationException wrong =
                assertThrows(ConfigurationException.class, () -> ServiceChoicesReader.read("choices.yaml", text));

        String said = wrong.getMessage();
        assertTrue(said.contains("choices.yaml:4:9: [FS204] unknown key 'minimise'"), said);
        assertTrue(
                said.contains("choices.yaml:5:27: [FS455] 'latency' is a duration and 'failures' is a number"), said);
        assertTrue(said.contains("choices.yaml:6:19: [FS457] a service's choice knows no 'latencies'"), said);
        assertTrue(said.contains("choices.yaml:7:15: [FS207]"), said);
        assertTrue(said.contains("choices.yaml:8:24: [FS207]"), said);
    }
}
