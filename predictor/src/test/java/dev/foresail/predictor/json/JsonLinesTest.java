package dev.foresail.predictor.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonLinesTest {
    /** A question to an object. */
    @FunctionalInterface
    private interface Question {
        Object of(JsonObject object) throws IOException;
    }

    private static String refused(String line, Question question) {
        DamagedLineException refused =
                assertThrows(DamagedLineException.class, () -> JsonLines.parse(line + "\n", question::of));
        assertFalse(refused.isCutShort(), refused::getMessage);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        String text = "a \"quoted\" \\ line\nwith \u2192, \ud83d\ude00 and a lone \ud800";
        Map<String, Object> object = new TreeMap<>();
        object.put("text", text);
        object.put("whole", Long.MIN_VALUE);
        object.put("flag", true);
        object.put("texts", List.of("", text));
        object.put("objects", List.of(Map.of("node", 7)));
        object.put("named", Map.of(text, "x"));

        String line = JsonLines.write(object);

        assertTrue(line.chars().allMatch(each -> each >= ' ' && each < 127), line);
        JsonObject read = JsonLines.read(line);
        assertEquals(text, read.text("text"));
        assertEquals(Long.MIN_VALUE, read.whole("whole"));
        assertTrue(read.flag("flag"));
        assertEquals(List.of("", text), read.texts("texts"));
        assertEquals(NodeId.of(7), read.objects("objects").get(0).node("node"));
        assertEquals(Map.of(text, "x"), read.textsByName("named"));
        assertEquals(List.of(), read.texts("none"));
        assertTrue(read.textIfAny("none").isEmpty());
        assertTrue(read.nodeIfAny("none").isEmpty());
    }

    @Test
    void aTextOfAsManyCharactersAsAreWrittenIsReadAgain() throws IOException {
        String longest = "0".repeat(JsonLines.LONGEST_TEXT);
        String line = JsonLines.write(Map.of("bytes", longest));
        assertEquals(longest.length(), JsonLines.read(line).text("bytes").length());

        IOException refused =
                assertThrows(IOException.class, () -> JsonLines.write(Map.of("bytes", List.of(longest + "0"))));
        assertEquals("'bytes' has 67108865 characters; a text has at most 67108864", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1]|not a JSON object",
                "{} {}|something follows the JSON object",
                "{\"a\": null}|is no text, whole number, boolean, list or object",
                "{\"a\": 1.5}|is no text, whole number, boolean, list or object",
                "{\"a\": 1, \"a\": 2}|Duplicate field 'a'",
                "{\"a\": 9223372036854775808}|out of range of long",
                "{\"a\": 123456789012345678901234567890}|exceeds the maximum allowed",
                "{\"a\": [[[[[[1]]]]]]}|exceeds the maximum allowed",
            })
    void whatIsNoSuchObjectIsRefused(String line, String problem) {
        String said = refused(line, object -> object);
        assertTrue(said.contains(problem), said);
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNamed() {
        assertEquals("'a' is missing", refused("{}", object -> object.text("a")));
        assertEquals("'a' is missing", refused("{}", object -> object.flag("a")));
        assertEquals("'a' is missing", refused("{}", object -> object.whole("a")));
        assertEquals("'a' is missing", refused("{}", object -> object.node("a")));
        assertEquals("'a' is missing", refused("{}", object -> object.object("a")));
        assertEquals("'a' is to be a text, not 1", refused("{\"a\": 1}", object -> object.text("a")));
        assertEquals("'a' is to be true or false, not 1", refused("{\"a\": 1}", object -> object.flag("a")));
        assertEquals("'a' is to be a whole number, not x", refused("{\"a\": \"x\"}", object -> object.whole("a")));
        assertEquals("'a' is to be a list, not 1", refused("{\"a\": 1}", object -> object.texts("a")));
        assertEquals("'a' is to be a list of texts, not 1", refused("{\"a\": [1]}", object -> object.texts("a")));
        assertEquals("'a' is to be a list of objects, not 1", refused("{\"a\": [1]}", object -> object.objects("a")));
        assertEquals("'b' is to be a text, not 1", refused("{\"a\": {\"b\": 1}}", object -> object.textsByName("a")));
    }

    @Test
    void aNumberOutOfItsRangeIsToldTheRange() {
        assertEquals(
                "'steps' is to be 0 to 2147483647, not 3000000000",
                refused("{\"steps\": 3000000000}", object -> object.number("steps", 0)));
        assertEquals(
                "'steps' is to be 1 to 2147483647, not 0",
                refused("{\"steps\": 0}", object -> object.number("steps", 1)));
        assertEquals("'at' is to be at least 0, not -1", refused("{\"at\": -1}", object -> object.natural("at")));
        assertEquals(
                "'node' is to be a node's number, not -1", refused("{\"node\": -1}", object -> object.node("node")));
    }

    @Test
    void aFileWithoutLinesIsNotReadToItsEnd() throws IOException {
        assertEquals("12345678\n", JsonLines.nextLine(new StringReader("12345678\n"), 9));
        DamagedLineException endless =
                assertThrows(DamagedLineException.class, () -> JsonLines.nextLine(new StringReader("1234567890"), 9));
        assertEquals("it has more than 9 characters", endless.getMessage());
        assertFalse(endless.isCutShort());
    }

    @Test
    void aLineWithoutItsEndIsCutShort() throws IOException {
        StringReader text = new StringReader("{\"a\": 1}\n{\"a\": ");
        long whole = JsonLines.parse(JsonLines.nextLine(text), object -> object.whole("a"));
        assertEquals(1, whole);
        String last = JsonLines.nextLine(text);
        assertTrue(assertThrows(DamagedLineException.class, () -> JsonLines.parse(last, object -> 0))
                .isCutShort());
        assertEquals("", JsonLines.nextLine(text));
        assertTrue(assertThrows(DamagedLineException.class, () -> JsonLines.parse("", object -> 0))
                .isCutShort());
        assertFalse(assertThrows(DamagedLineException.class, () -> JsonLines.parse("prose", object -> 0))
                .isCutShort());
    }
}
