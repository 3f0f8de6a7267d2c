package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.fixture.DepotScenario;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces as a user's tests; those in the resources were recorded once and are part of the format's promise. */
class TracesTest {
    private static Path resource(String name) {
        try {
            return Path.of(TracesTest.class.getResource("/traces/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path changed(Path folder, String from, String to) throws IOException {
        String text = Files.readString(resource("depot-overload.jsonl"));
        assertTrue(text.contains(from), from);
        return Files.writeString(folder.resolve("changed.jsonl"), text.replace(from, to));
    }

    @Test
    void aKnownBugIsStillThere() {
        Traces.assertViolated(resource("depot-overload.jsonl"));
    }

    @Test
    void aTestOfAFixFailsAsLongAsTheViolationHappens() {
        AssertionError still =
                assertThrows(AssertionError.class, () -> Traces.assertFixed(resource("depot-overload.jsonl")));
        assertTrue(still.getMessage().contains("noDepotIsOverloaded after 5 steps"), still.getMessage());
        assertThrows(AssertionError.class, () -> Traces.assertHolds(resource("depot-overload.jsonl")));
    }

    @Test
    void aPathThatEndsWellPasses(@TempDir Path folder) throws IOException {
        // As if the second parcel had gone to the lower shelf.
        Path file = changed(
                folder,
                "{\"index\":1,\"chosen\":\"store[2]\"}],\"sends\":[],\"notes\":[],"
                        + "\"changes\":[{\"node\":2,\"field\":\"load\",\"before\":\"6\"",
                "{\"index\":0,\"chosen\":\"store[1]\"}],\"sends\":[],\"notes\":[],"
                        + "\"changes\":[{\"node\":2,\"field\":\"load\",\"before\":\"6\"");
        Traces.assertFixed(file);
        Traces.assertHolds(file);
        assertThrows(AssertionError.class, () -> Traces.assertViolated(file));
    }

    @Test
    void aPathThatHasBecomeImpossibleIsFixedButHoldsNothing(@TempDir Path folder) throws IOException {
        // As if there were a third shelf no more.
        Path file = changed(folder, "\"index\":1,\"chosen\":\"store[2]\"", "\"index\":2,\"chosen\":\"store[3]\"");
        Traces.assertFixed(file);
        assertThrows(AssertionError.class, () -> Traces.assertHolds(file));
        assertThrows(AssertionError.class, () -> Traces.assertViolated(file));
    }

    @Test
    void statesMayHaveChangedSince(@TempDir Path folder) throws IOException {
        String text = Files.readString(resource("depot-overload.jsonl"));
        String schema = text.replaceFirst("(?s).*\"schema\":\"([0-9a-f]{16})\".*", "$1");
        Traces.assertViolated(changed(folder, schema, "0123456789abcdef"));
    }

    @Test
    void aTraceOfWhatIsNotThereAnyMoreIsNoPass(@TempDir Path folder) throws IOException {
        Path file = changed(folder, "\"scenario\":\"depot\"", "\"scenario\":\"warehouse\"");
        assertEquals(
                "FS256",
                assertThrows(TraceException.class, () -> Traces.assertFixed(file))
                        .code());
    }

    @Test
    void aPropertyThatIsNotThereAnyMoreIsNoPass(@TempDir Path folder) throws IOException {
        Path renamed = changed(folder, "\"property\":\"noDepotIsOverloaded\"", "\"property\":\"noDepotIsOverladen\"");
        TraceException refused = assertThrows(TraceException.class, () -> Traces.assertFixed(renamed));
        assertEquals("FS259", refused.code());
        assertTrue(refused.getMessage().contains("did you mean 'noDepotIsOverloaded'?"), refused.getMessage());
        assertTrue(refused.getMessage().contains("aFullDepotHasNoLuckyNeighbour"), refused.getMessage());
        assertThrows(TraceException.class, () -> Traces.assertHolds(renamed));
        assertThrows(TraceException.class, () -> Traces.assertViolated(renamed));
    }

    @Test
    void aPropertyThatIsOfTheOtherKindNowIsNoPass(@TempDir Path folder) throws IOException {
        Path liveness = changed(folder, "\"property\":\"noDepotIsOverloaded\"", "\"property\":\"someDepotIsCounted\"");
        TraceException refused = assertThrows(TraceException.class, () -> Traces.assertFixed(liveness));
        assertEquals("FS259", refused.code());
        assertTrue(refused.getMessage().contains("'someDepotIsCounted' is a liveness property"), refused.getMessage());

        Path safety = changed(folder, "\"liveness\":false", "\"liveness\":true");
        assertEquals(
                "FS259",
                assertThrows(TraceException.class, () -> Traces.assertViolated(safety))
                        .code());
    }

    /** A scenario of the depots that has the name of the one that every protocol has. */
    public static final class OwnDefault implements ExplorationScenario<Depot> {
        @Override
        public String name() {
            return DefaultScenario.NAME;
        }

        @Override
        public String protocol() {
            return "depot";
        }

        @Override
        public List<ParameterDescription> parameters() {
            return List.of();
        }

        @Override
        public void describe(SystemModel.Builder<Depot> model, List<Object> parameterValues) {
            new DepotScenario().describe(model, List.of(2));
        }
    }

    @Test
    void aScenarioMayBeNamedDefault(@TempDir Path folder) throws IOException {
        Path file = changed(folder, "\"scenario\":\"depot\"", "\"scenario\":\"default\"");
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ExplorationScenario.class.getName()), OwnDefault.class.getName());

        URL[] classPath = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, TracesTest.class.getClassLoader())) {
            assertEquals(Traces.Fate.VIOLATED, Traces.fate(TraceFile.read(file), loader));
        }
    }
}
