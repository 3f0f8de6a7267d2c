package dev.foresail.steering.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.steering.live.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad paths in a directory beside a node's durable state. */
final class ExperienceStoreTest {
    @TempDir
    private Path directory = Path.of("");

    private static Trace trace(String property) {
        Trace.Origin origin = new Trace.Origin("granary", "a running node", Collections.emptySortedMap());
        return new Trace(new Trace.Header(origin, Optional.empty(), 7, property, false, 0, ""), List.of());
    }

    private Path file(int number) {
        return directory.resolve("node1.state.paths").resolve("00" + number + ".jsonl");
    }

    @Test
    void whatIsSavedIsLoadedAndWhatWasForgottenIsGone() {
        ExperienceStore store = ExperienceStore.besides(directory.resolve("node1.state"));
        assertEquals(List.of(), store.load());
        store.save(List.of(trace("one"), trace("two"), trace("three")));
        assertEquals(List.of(trace("one"), trace("two"), trace("three")), store.load());
        store.save(List.of(trace("three")));
        assertEquals(List.of(trace("three")), store.load());
        assertFalse(Files.exists(file(2)));
    }

    @Test
    void aDamagedFileIsLeftOutAndTheOthersAreRead() throws IOException {
        ExperienceStore store = ExperienceStore.besides(directory.resolve("node1.state"));
        store.save(List.of(trace("one"), trace("two")));
        Files.writeString(file(1), "{");
        try (Logged logged = new Logged()) {
            assertEquals(List.of(trace("two")), store.load());
            assertTrue(logged.has("[FS302]") && logged.has("001.jsonl"), logged::toString);
        }
    }
}
