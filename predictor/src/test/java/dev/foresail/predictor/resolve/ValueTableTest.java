package dev.foresail.predictor.resolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.node.Decision.Value;
import dev.foresail.predictor.resolve.ValueTable.Origin;
import dev.foresail.predictor.resolve.ValueTable.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueTableTest {
    private static final Origin ORIGIN = new Origin(
            "kitchen",
            "ff00",
            new TreeMap<>(Map.of("stoves", "4")),
            new TreeMap<>(Map.of("", "minimize: {crowding=1.0}")));

    @TempDir
    private Path folder = Path.of("");

    private static Evaluation evaluation(int best, double... means) {
        return new Evaluation(
                best,
                java.util.Arrays.stream(means)
                        .mapToObj(mean -> new Value(mean, 3, 4))
                        .toList(),
                8);
    }

    private static ValueTable sample() {
        ValueCollector collector = new ValueCollector();
        collector.collect(-1, evaluation(1, 4, 2));
        collector.collect(-1, evaluation(0, 0, 10));
        collector.collect(-1, evaluation(1, 5, 3));
        collector.collect(7, evaluation(0, 1, 6, 1));
        collector.collect(7, evaluation(2, 5, 6, 1));
        return collector.table(ORIGIN);
    }

    @Test
    void whatWasBestMostOftenIsTakenAndOfEqualsTheLowest() {
        ValueTable table = sample();
        assertEquals(2, table.size());
        Row often = table.find(-1, 2).orElseThrow();
        assertEquals(1, often.best(), "though its mean is higher");
        assertEquals(3, often.predictions());
        Value first = often.values().get(0);
        assertEquals(3, first.mean());
        assertEquals(Math.sqrt(9 + 14.0 / 3), first.spread(), 1e-9, "within the predictions and between them");
        assertEquals(12, first.rollOuts());
        assertEquals(2, table.find(7, 3).orElseThrow().best());
        assertEquals(Optional.empty(), table.find(7, 2), "something else has the same features");
        assertEquals(Optional.empty(), table.find(8, 2));
    }

    @Test
    void predictionsOfAnotherNumberOfAlternativesAreLeftOut() {
        ValueCollector collector = new ValueCollector();
        collector.collect(1, evaluation(1, 4, 2));
        collector.collect(1, evaluation(2, 4, 2, 1));
        assertEquals(1, collector.predictions());
        assertEquals(1, collector.table(ORIGIN).find(1, 2).orElseThrow().predictions());
    }

    @Test
    void aTableComesBackFromItsFileBitForBit() throws IOException {
        Path file = folder.resolve("kitchen.values.jsonl");
        ValueTable table = sample();
        ValueTableFile.write(table, file);
        ValueTable read = ValueTableFile.read(file);
        assertEquals(table.origin(), read.origin());
        assertEquals(table.rows(), read.rows());
        Path again = folder.resolve("again.jsonl");
        ValueTableFile.write(read, again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    }

    @Test
    void aTableForSomethingElseSaysWhatIsOther() {
        assertEquals(Optional.empty(), ORIGIN.mistake(ORIGIN));
        Origin newer = new Origin("kitchen", "ff01", ORIGIN.parameters(), ORIGIN.objectives());
        assertEquals(
                Optional.of("it was made for other version of the protocol (its schema): ff00, here ff01"),
                ORIGIN.mistake(newer));
        Origin other = new Origin("kitchen", "ff00", new TreeMap<>(Map.of("stoves", "5")), ORIGIN.objectives());
        assertTrue(ORIGIN.mistake(other).orElse("").contains("other parameters: {stoves=4}, here {stoves=5}"));
    }

    @Test
    void whateverIsReadIsATableOrSaysWhyNot() throws IOException {
        Path file = folder.resolve("damaged.jsonl");
        ValueTableFile.write(sample(), file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            IOException cut = assertThrows(IOException.class, () -> ValueTableFile.read(file), "cut at " + length);
            assertTrue(String.valueOf(cut.getMessage()).startsWith(file + ":"), cut::getMessage);
        }
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            byte[] spoilt = whole.clone();
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(128);
            Files.write(file, spoilt);
            try {
                ValueTableFile.read(file);
            } catch (IOException wrong) {
                assertTrue(String.valueOf(wrong.getMessage()).contains(file.toString()), wrong::getMessage);
                refused++;
            }
        }
        assertTrue(refused > 125, "refused " + refused);
        Files.write(file, (new String(whole, StandardCharsets.UTF_8) + "{}\n").getBytes(StandardCharsets.UTF_8));
        IOException longer = assertThrows(IOException.class, () -> ValueTableFile.read(file));
        assertTrue(
                String.valueOf(longer.getMessage()).contains(":4: more lines than the 2 situations"),
                longer::getMessage);
    }
}
