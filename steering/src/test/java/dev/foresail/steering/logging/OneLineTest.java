package dev.foresail.steering.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class OneLineTest {
    @Test
    void whatEndsALineOrSteersATerminalIsNotLetThrough() {
        assertEquals("a??[FS000] b", OneLine.of("a\r\n[FS000] b", 100));
        assertEquals("?[2J? ?", OneLine.of("\u001b[2J\u009b \u202e", 100));
        assertEquals("??", OneLine.of("\u2028\u2029", 100));
    }

    @Test
    void lettersOfAnyLanguageAre() {
        assertEquals("Grüße, 日本 😀", OneLine.of("Grüße, 日本 😀", 100));
    }

    @Test
    void whatIsLongerIsCut() {
        assertEquals("abc... (5 characters)", OneLine.of("abcde", 3));
        assertEquals("abc", OneLine.of("abc", 3));
        assertEquals("?... (3 characters)", OneLine.of("😀!", 1), "not in the midst of a character");
    }
}
