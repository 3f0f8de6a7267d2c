package dev.foresail.predictor.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.fixture.Depot;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
    private final SystemModel<Depot> model = Paths.depots();

    private Trace overload() {
        List<Action> path = Paths.told(
                model,
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1",
                "n1 call ship[n2, 3]",
                "n2 receives Parcel[weight=3] from n1",
                "n2 call openDoor[], choosing [store[2], store[2]]");
        return Replay.record(model, Paths.ORIGIN, Paths.violation(Paths.OVERLOADED, path));
    }

    private static String codeOf(String text) {
        return assertThrows(TraceException.class, () -> Paths.read(text)).code();
    }

    @Test
    void everyKindOfActionIsWrittenReadAndDoneAgain() {
        Set<TraceStep.Kind> met = EnumSet.noneOf(TraceStep.Kind.class);
        for (Network network : List.of(Network.ORDERED, Network.UNORDERED)) {
            SystemModel<Depot> depots = Depot.model(3, network);
            Property.check(7, 40, choices -> {
                List<Action> path = Paths.random(depots, choices, 25);
                Trace written = Replay.record(depots, Paths.ORIGIN, Paths.violation(Paths.OVERLOADED, path));

                Trace read = Paths.read(Paths.text(written));
                Replay<Depot> replay = Replay.of(depots, read);

                assertEquals(written, read);
                assertEquals(path, replay.violation().actions());
                assertEquals(written.steps(), replay.run().steps());
                written.steps().forEach(step -> met.add(step.happening().kind()));
            });
        }
        assertEquals(EnumSet.allOf(TraceStep.Kind.class), met);
    }

    @Test
    void aStepSaysWhatWasChosenSentNotedChangedAndViolated() {
        List<TraceStep> steps = overload().steps();

        assertEquals(
                List.of(new TraceStep.Sent(dev.foresail.choice.NodeId.of(2), "Parcel[weight=3]")),
                steps.get(0).sends());
        assertEquals(List.of("ships 3 \u2192 n2"), steps.get(0).notes());
        TraceStep last = steps.get(4);
        assertEquals(
                List.of("store[2]", "store[2]"),
                last.happening().decisions().stream()
                        .map(TraceStep.Decided::chosen)
                        .toList());
        assertEquals(
                List.of("partners: [] -> [n1]", "load: 0 -> 12", "open: false -> true"),
                last.changes().stream()
                        .filter(change -> !change.field().startsWith("("))
                        .map(change -> change.field() + ": " + change.before() + " -> " + change.after())
                        .toList());
        assertEquals(List.of(Paths.OVERLOADED), last.violated());
    }

    @Test
    void drawsAndChoicesInsideHandlersSayWhatTheyAre() {
        List<Action> path = Paths.told(model, "n1 call draw[], choosing [random=2, depot.bonus=10]");
        assertEquals(List.of(2, 1), path.get(0).decisions());
    }

    @Test
    void aTraceThatIsCutShortIsRefusedWhereverItIsCut() {
        String text = Paths.text(overload());
        for (int length = 0; length < text.length() - 1; length += 7) {
            String cut = text.substring(0, length);
            assertEquals("FS252", codeOf(cut), cut);
        }
    }

    @Test
    void whatIsNoTraceIsRefused() {
        String text = Paths.text(overload());
        assertEquals("FS250", codeOf("# a page\n"));
        assertEquals("FS250", codeOf("[1, 2]\n"));
        assertEquals("FS250", codeOf("{\"some\": \"thing\"}\n"));
        assertEquals("FS250", codeOf(text + text.lines().skip(1).findFirst().orElseThrow() + "\n"));
        assertEquals("FS250", codeOf(text.replace("\"kind\":\"deliver\"", "\"kind\":\"devour\"")));
        assertEquals("FS250", codeOf(text.replace("\"step\":2", "\"step\":3")));
        assertEquals("FS250", codeOf(text.replace("\"node\":2", "\"node\":-2")));
        assertEquals("FS250", codeOf(text.replace("\"peer\":1,", "")));
    }

    @Test
    void anotherFormatIsNamed() {
        String newer = Paths.text(overload()).replace("\"foresail-trace\":1", "\"foresail-trace\":2");
        TraceException refused = assertThrows(TraceException.class, () -> Paths.read(newer));
        assertEquals("FS253", refused.code());
        assertTrue(refused.getMessage().contains("format 2"), refused.getMessage());
    }

    @Test
    void damagedTextNeverGivesAnythingButACodedRefusal() {
        String text = Paths.text(overload());
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
                Replay.of(model, Paths.read(damaged.toString())).run();
            } catch (TraceException | TraceDivergedException coded) {
                assertTrue(coded.getMessage().startsWith("[FS25"), coded.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 1_500, () -> "most damage is to be noticed");
    }

    @Test
    void aFileIsThereAsAWholeOrNotAtAll(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("found").resolve("overload.jsonl");
        TraceFile.write(overload(), file);
        assertEquals(overload(), TraceFile.read(file));
        assertEquals(
                List.of("overload.jsonl"), List.of(file.getParent().toFile().list()));

        Path taken = Files.createDirectories(folder.resolve("taken").resolve("full"));
        TraceException failed =
                assertThrows(TraceException.class, () -> TraceFile.write(overload(), taken.getParent()));
        assertEquals("FS258", failed.code());
        assertTrue(Files.isDirectory(taken));
        assertEquals(Set.of("found", "taken"), Set.of(folder.toFile().list()), "what was half done is gone");

        // Somebody who writes the same file at this moment, or was killed while doing so.
        Path other = Files.writeString(folder.resolve("found").resolve("overload.jsonl.1.part"), "another's");
        TraceFile.write(overload(), file);
        assertEquals(overload(), TraceFile.read(file));
        assertEquals("another's", Files.readString(other));

        Path none = folder.resolve("none.jsonl");
        assertEquals(
                "FS258",
                assertThrows(TraceException.class, () -> TraceFile.read(none)).code());
    }

    @Test
    void bytesThatAreNoTextAreRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("picture.jsonl");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0});
        assertEquals(
                "FS258",
                assertThrows(TraceException.class, () -> TraceFile.read(file)).code());
    }
}
