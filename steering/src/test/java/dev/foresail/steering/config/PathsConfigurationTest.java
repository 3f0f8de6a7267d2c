package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.path.DeclaredPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code paths}. */
final class PathsConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(PathsConfigurationTest.class.getClassLoader()));

    private List<DeclaredPath> read(String section) {
        return reader.readSimulation("sim.yaml", "protocol: kitchen\n" + section, Optional.empty())
                .paths();
    }

    @Test
    void withoutTheSectionNothingIsFollowed() {
        assertEquals(List.of(), read(""));
    }

    @Test
    void everythingCanBeSaid() {
        DeclaredPath meal = new DeclaredPath(
                "meal",
                "call order",
                Optional.of("timer cooked"),
                new DeclaredPath.Bounds(
                        Optional.of(2),
                        Optional.of(1),
                        Optional.of(Duration.ofMillis(200)),
                        Optional.of(Duration.ofSeconds(2))));
        DeclaredPath plate = new DeclaredPath("plate", "message Plate", Optional.empty(), DeclaredPath.Bounds.NONE);
        assertEquals(
                List.of(meal, plate),
                read("paths:\n"
                        + "  meal: {begins: call order, ends: timer  cooked, nodes: <= 2, hops: <= 1, hop: <= 200ms, duration: <=2s}\n"
                        + "  plate: {begins: message Plate}\n"));
    }

    @Test
    void oneOfManyMayBeFollowed() {
        assertEquals(
                List.of(10, 1),
                read("paths:\n  meal: {begins: call order, every: 10}\n  plate: {begins: message Plate, every: 1}\n")
                        .stream()
                        .map(DeclaredPath::every)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "4:13 | FS520 | did you mean 'call order'? | begins: call oder",
                "4:13 | FS520 | kitchen has no event 'order' | begins: order",
                "4:13 | FS520 | kitchen has no event 'start' | begins: start",
                "4:13 | FS207 | an event, such as 'call join' | begins: [call order]",
                "4:5 | FS206 | 'paths.meal.begins' is missing | nodes: <= 5",
                "4:32 | FS520 | did you mean 'message Plate'? | {begins: call order, ends: message Plait}",
                "4:36 | FS545 | begin with a call or a timer | {begins: message Plate, every: 10}",
                "4:33 | FS207 | a whole number of at least 1 | {begins: call order, every: 0}",
                "4:34 | FS520 | 'call order' ends no path, as a call | {begins: timer cooked, ends: call order}",
                "4:34 | FS520 | 'timer cooked' ends no path, as it begins the path 'meal' | {begins: timer cooked, ends: timer cooked}",
                "4:33 | FS207 | '5' where '<= ' and a whole number | {begins: call order, nodes: 5}",
                "4:33 | FS207 | '<= some' where '<= ' | {begins: call order, nodes: <= some}",
                "4:31 | FS207 | '< 5ms' where '<= ' and a duration | {begins: call order, hop: < 5ms}",
                "4:31 | FS207 | '<= 5' where '<= ' and a duration | {begins: call order, hop: <= 5}",
                "4:26 | FS204 | did you mean 'nodes'? | {begins: call order, node: <= 5}"
            })
    void whatMakesNoSenseIsNamedWithItsPlace(String place, String code, String reason, String path) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read("paths:\n  meal:\n    " + path + "\n"));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertTrue(only.text().contains(reason), only::text);
        assertEquals("sim.yaml:" + place + " " + code, only.place() + " " + only.code(), refused::getMessage);
    }

    @Test
    void oneEventBeginsOnePath() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> read("paths:\n  meal: {begins: call order}\n  again: {begins: call order}\n"));
        assertEquals("sim.yaml:4:3", refused.problems().get(0).place());
        assertTrue(refused.getMessage().contains("'call order' begins the path 'meal' already"), refused::getMessage);
    }
}
