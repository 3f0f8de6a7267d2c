package dev.foresail.steering.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a result of an experiment, and what is not. */
final class ResultReaderTest {
    static final String TREE = "{\"experiment\":\"tree (quick)\",\"seeds\":3,\"machine\":{\"cores\":2},"
            + "\"bars\":[{\"name\":\"depth\",\"value\":5,\"unit\":\"levels\",\"threshold\":\"<= 6\",\"holds\":true},"
            + "{\"name\":\"speed\",\"value\":null,\"unit\":\"/s\",\"threshold\":\">= 1\",\"holds\":false}],"
            + "\"results\":{\"depths\":[5,5.5,null]},\"commands\":[\"foresail eval tree --quick --json\"]}";

    @Test
    void aResultIsReadAsItWasWritten() throws ResultException {
        Measurement tree = ResultReader.read(TREE + "\n", "a test").get(0);
        assertEquals("tree", tree.name());
        assertTrue(tree.isQuick());
        assertEquals(3, tree.seeds());
        assertEquals(Measurement.State.MISSES, tree.state());
        assertEquals(1, tree.barsThatHold());
        assertTrue(Double.isNaN(tree.bars().get(1).value()), "null is what cannot be told");
        assertEquals(Map.of("depths", List.of(5L, 5.5, Double.NaN)), tree.results());
    }

    @Test
    void severalResultsMayStandInOneFile() throws ResultException {
        assertEquals(2, ResultReader.read(TREE + "\n" + TREE, "a test").size());
        assertEquals(
                2,
                ResultReader.read("{\"report\":\"x\",\"experiments\":[" + TREE + "," + TREE + "]}", "a test")
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|nothing is in it",
                "[]|a JSON object is expected, at line 1, column 1",
                "{\"experiment\":|line 1",
                "{\"protocol\":\"randtree\"}|'experiment' is missing",
                "{\"experiment\":7}|'experiment' is to be a text, not 7",
                "{\"experiment\":\"x\",\"experiment\":\"y\"}|Duplicate",
                "{\"experiment\":\"x\",\"bars\":{}}|'bars' is to be a list",
                "{\"experiment\":\"x\",\"bars\":[3]}|'bars' is to hold an object, not 3",
                "{\"experiment\":\"x\",\"bars\":[],\"commands\":[],\"seeds\":\"many\"}|'seeds' is to be a number",
                "seed base 0|at line 1",
            })
    void whatIsNoResultIsToldWithItsPlace(String text, String words) {
        ResultException wrong = assertThrows(ResultException.class, () -> ResultReader.read(text, "a test"));
        assertTrue(String.valueOf(wrong.getMessage()).contains(words), wrong::getMessage);
    }

    @Test
    void aTextThatIsNestedWithoutEndIsRefused() {
        String deep = "{\"experiment\":" + "[".repeat(100_000);
        assertThrows(ResultException.class, () -> ResultReader.read(deep, "a test"));
    }

    /** Whatever happens to a file, it is read or refused. */
    @Test
    void damageIsNeverAnythingElseThanAResultException() {
        Random random = new Random(7);
        int refused = 0;
        for (int attempt = 0; attempt < 2_000; attempt++) {
            StringBuilder damaged = new StringBuilder(TREE);
            for (int change = random.nextInt(4); change >= 0; change--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) (' ' + random.nextInt(95)));
            }
            damaged.setLength(random.nextInt(10) == 0 ? random.nextInt(damaged.length()) : damaged.length());
            try {
                ResultReader.read(damaged.toString(), "a test");
            } catch (ResultException expected) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, "refused " + refused);
    }
}
