package dev.foresail.randtree.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo on the command line, as far as it can be seen without playing it. */
final class DemoVerbTest {
    @Test
    void whoHasHadEnoughGetsTheRunsThatAreWhole() {
        Interruption interruption = new Interruption();
        interruption.request();
        StringWriter out = new StringWriter();
        int code = Foresail.execute(
                List.of("demo", "--runs", "2", "--json"),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()),
                interruption,
                false);
        assertEquals(ExitCode.UNKNOWN, code);
        assertEquals(
                "{\"nodes\":31,\"runs\":[],\"partial\":true}", out.toString().strip());
    }
}
