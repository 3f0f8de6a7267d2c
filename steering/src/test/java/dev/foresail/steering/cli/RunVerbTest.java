package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunVerbTest {
    @TempDir
    private Path directory = Path.of("");

    private String file(int port) throws IOException {
        String text = "protocol: kitchen\nnode: 1\nlisten: 127.0.0.1:" + port + "\n";
        return Files.writeString(directory.resolve("node.yaml"), text).toString();
    }

    @Test
    void aNodeListensUntilItIsInterrupted() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        CommandRun run = CommandRun.of(interruption, "run", "--config", file(0), "--json");
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        assertTrue(run.err().contains("node 1 of kitchen listening on 127.0.0.1:"), run::err);
        assertEquals(
                List.of("protocol", "node", "seconds", "events", "messages", "decisions"),
                List.copyOf(run.json().keySet()));
    }

    @Test
    void whatANodeDecidesIsWrittenDownForExplain() throws IOException {
        Interruption interruption = new Interruption();
        interruption.request();
        Path decisions = directory.resolve("decisions.jsonl");
        CommandRun run = CommandRun.of(interruption, "run", "--config", file(0), "--decisions", decisions.toString());
        assertEquals(ExitCode.DONE, run.code(), run::toString);
        CommandRun told = CommandRun.of("explain", decisions.toString(), "--json");
        assertEquals("kitchen", told.json().get("protocol"), told::toString);
    }

    @Test
    void aNodeThatEndsByItselfSaysWhy() throws IOException {
        String config = file(0);
        Files.writeString(Path.of(config), "calls:\n  - spoil: []\n", StandardOpenOption.APPEND);
        CommandRun run = CommandRun.of("run", "--config", config);
        assertEquals(ExitCode.SAFETY_VIOLATED, run.code(), run::toString);
        assertTrue(run.err().contains("the node ended: "), run::err);
    }

    @Test
    void aPortThatIsTakenIsSaidSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("run", "--config", file(taken.getLocalPort()));
            assertEquals(ExitCode.USAGE, run.code(), run::toString);
            assertTrue(run.err().contains("[FS210] "), run::err);
            assertTrue(run.err().contains(String.valueOf(taken.getLocalPort())), run::err);
        }
    }
}
