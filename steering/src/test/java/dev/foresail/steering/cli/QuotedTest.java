package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class QuotedTest {
    @Test
    void whatMeansSomethingToAShellIsQuoted() {
        assertEquals("a/b-1.trace.jsonl:c", Quoted.forShell("a/b-1.trace.jsonl:c"));
        assertEquals("'my traces/$1'", Quoted.forShell("my traces/$1"));
        assertEquals("'it'\\''s'", Quoted.forShell("it's"));
        assertEquals("''", Quoted.forShell(""));
    }

    @Test
    void aStringLiteralHasItsEscapes() {
        assertEquals("\"C:\\\\a \\\"b\\\"\"", Quoted.forJava("C:\\a \"b\""));
    }
}
