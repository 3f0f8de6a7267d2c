package dev.foresail.predictor.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.ChatterMachine;
import dev.foresail.predictor.fixture.Till;
import dev.foresail.predictor.reference.ReferenceWorld;
import dev.foresail.predictor.simulate.Simulation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotFileTest {
    private static SystemSnapshot<Till> busy() {
        Simulation<Till> tills = Tills.inBusiness(100);
        tills.runUntil(Duration.ofMillis(130));
        return tills.snapshot();
    }

    private static String codeOf(String text) {
        return assertThrows(SnapshotException.class, () -> Tills.read(text)).code();
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Simulation<Till> tills = Tills.inBusiness(100);
        int inFlight = 0;
        for (int time = 0; time <= 300; time += 13) {
            tills.runUntil(Duration.ofMillis(time));
            SystemSnapshot<Till> written = tills.snapshot();
            String text = Tills.text(written);

            SystemSnapshot<Till> read = Tills.read(text);

            assertEquals(text, Tills.text(read));
            assertEquals(written.nodes().keySet(), read.nodes().keySet());
            assertEquals(written.flights(), read.flights());
            written.nodes().forEach((node, known) -> {
                SystemSnapshot.Known<Till> same = read.nodes().get(node);
                assertEquals(known.parameters(), same.parameters());
                assertEquals(known.checkpoint().channels(), same.checkpoint().channels());
                assertEquals(known.checkpoint().timers(), same.checkpoint().timers());
                assertEquals(known.checkpoint().deferred(), same.checkpoint().deferred());
            });
            assertEquals(world(written), world(read));
            inFlight += written.flights().size();
        }
        assertTrue(inFlight > 10, "flights: " + inFlight);
    }

    private static long world(SystemSnapshot<Till> snapshot) {
        return ReferenceWorld.initial(SnapshotModel.of(Tills.MACHINE, snapshot).build())
                .get(0)
                .fingerprint();
    }

    @Test
    void aNodeIsShownToPeopleToo() {
        List<String> lines = Tills.text(busy()).lines().toList();
        assertTrue(lines.get(0).startsWith("{\"foresail-snapshot\":1,\"protocol\":\"till\",\"schema\":"), lines.get(0));
        String one = lines.get(1);
        assertTrue(one.contains("\"parameters\":{\"limit\":\"100\",\"hours\":\"1000000000ns\"}"), one);
        assertTrue(one.contains("\"branches\":\"[n2, n3]\""), one);
        assertTrue(one.contains("\"message\":\"Deposit[amount="), one);
        assertTrue(one.contains("\"timers\":{\"closing\":"), one);
        assertTrue(lines.get(3).contains("\"deferred\":[{\"from\":1,\"message\":\"Deposit[amount=3]\""), lines.get(3));
    }

    @Test
    void aSnapshotThatIsCutShortIsRefusedWhereverItIsCut() {
        String text = Tills.text(busy());
        for (int length = 0; length < text.length() - 1; length += 7) {
            String cut = text.substring(0, length);
            assertEquals("FS244", codeOf(cut), cut);
        }
    }

    @Test
    void whatIsNoSnapshotIsRefused() {
        String text = Tills.text(busy());
        String last = text.lines().skip(3).findFirst().orElseThrow();
        assertEquals("FS243", codeOf("# a page\n"));
        assertEquals("FS243", codeOf("{\"foresail-trace\": 1}\n"));
        assertEquals("FS243", codeOf(text + last + "\n"));
        assertEquals("FS243", codeOf(text.replace("{\"node\":2", "{\"node\":7")));
        assertEquals("FS243", codeOf(text.replace("{\"closing\":", "{\"opening\":")));
        assertEquals("FS243", codeOf(text.replace("\"limit\":\"100\"", "\"limit\":\"much\"")));
        assertEquals("FS243", codeOf(text.replaceFirst("\"sequence\":\\d+", "\"sequence\":99")));
        assertEquals("FS243", codeOf(text.replaceFirst("\"aggregateBytes\":\\[", "\"aggregateBytes\":[\"00\",")));
        assertEquals("FS243", codeOf(text.replaceFirst("\"bytes\":\"", "\"bytes\":\"ff")));
    }

    @Test
    void anotherFormatProtocolOrVersionIsNamed() {
        String text = Tills.text(busy());
        assertEquals("FS245", codeOf(text.replace("\"foresail-snapshot\":1", "\"foresail-snapshot\":2")));
        assertEquals("FS247", codeOf(text.replaceFirst("\"schema\":\"[0-9a-f]{4}", "\"schema\":\"0000")));
        SnapshotException other = assertThrows(
                SnapshotException.class, () -> SnapshotFile.read(new ChatterMachine(), new StringReader(text)));
        assertEquals("FS246", other.code());
        assertTrue(other.getMessage().contains("'till'"), other.getMessage());
    }

    @Test
    void damagedTextNeverGivesAnythingButACodedRefusal() {
        String text = Tills.text(busy());
        RandomStream random = RandomStream.of(5, "damage", 0);
        int refused = 0;
        for (int run = 0; run < 3_000; run++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int change = 0; change <= random.nextInt(3); change++) {
                int place = random.nextInt(damaged.length());
                switch (random.nextInt(4)) {
                    case 0 -> damaged.setCharAt(place, (char) (32 + random.nextInt(96)));
                    case 1 -> damaged.deleteCharAt(place);
                    case 2 -> damaged.insert(place, (char) random.nextInt(0x10000));
                    default -> damaged.insert(place, text, 0, random.nextInt(200));
                }
            }
            try {
                ReferenceWorld.initial(SnapshotModel.of(Tills.MACHINE, Tills.read(damaged.toString()))
                        .build());
            } catch (SnapshotException coded) {
                assertTrue(coded.getMessage().startsWith("[FS24"), coded.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 1_500, () -> "most damage is to be noticed");
    }

    @Test
    void aFileIsThereAsAWholeOrNotAtAll(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("recorded").resolve("tills.jsonl");
        SystemSnapshot<Till> snapshot = busy();
        SnapshotFile.write(Tills.MACHINE, snapshot, file);
        assertEquals(Tills.text(snapshot), Files.readString(file));
        assertEquals(snapshot.flights(), SnapshotFile.read(Tills.MACHINE, file).flights());

        Files.createDirectories(folder.resolve("folder").resolve("inside"));
        assertEquals(
                "FS248",
                assertThrows(
                                SnapshotException.class,
                                () -> SnapshotFile.write(Tills.MACHINE, snapshot, folder.resolve("folder")))
                        .code());
        assertEquals(Set.of("recorded", "folder"), Set.of(folder.toFile().list()), "what was half done is gone");
        assertEquals(
                "FS248",
                assertThrows(SnapshotException.class, () -> SnapshotFile.read(Tills.MACHINE, folder.resolve("nowhere")))
                        .code());
    }
}
