package dev.foresail.randtree.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Foresail;
import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void theScriptOfTheNetworkNamesNodesOfTheDemo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("demo.yaml"), """
                objectives: [{minimize: meanDepth}]
                topology:
                  changes:
                    - failure: {of: 9, from: 1s, until: 2s}
                """);
        StringWriter errors = new StringWriter();
        int code = Foresail.execute(
                List.of("demo", "--nodes", "8", "--config", file.toString()),
                new PrintWriter(new StringWriter()),
                new PrintWriter(errors),
                new Interruption(),
                false);
        assertEquals(ExitCode.USAGE, code);
        assertTrue(errors.toString().contains("[FS373] there is no node 9"), errors::toString);
    }
}
