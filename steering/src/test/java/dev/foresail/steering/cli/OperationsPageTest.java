package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.fixture.Operators;
import dev.foresail.steering.live.ForesailNode;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md types is typed at the node that it configures, and what it shows is what comes back. */
final class OperationsPageTest {
    private static final Path PAGE =
            Path.of(System.getProperty("foresail.root", "..")).resolve("docs/operations.md");

    @TempDir
    private Path directory = Path.of("");

    private String page = "";
    private ForesailNode node;

    @BeforeEach
    void startTheNodeOfThePage() throws Exception {
        page = Files.readString(PAGE);
        Process shell = new ProcessBuilder("sh", "-c", blocks("sh").get(0))
                .directory(directory.toFile())
                .start();
        assertEquals(0, shell.waitFor());
        node = started(blocks("yaml").get(0));
    }

    private ForesailNode started(String yaml) {
        String text = yaml.replace(":7001", ":0")
                .replace(":9101", ":0")
                .replace("node1.token", directory.resolve("node1.token").toString());
        NodeConfiguration configuration =
                new ConfigurationReader(Protocols.of(getClass().getClassLoader())).readNode("node.yaml", text);
        return ForesailNode.start(configuration);
    }

    @AfterEach
    void end() {
        node.kill();
    }

    private String at() {
        InetSocketAddress address = node.operationsAddress().orElseThrow();
        return "127.0.0.1:" + address.getPort();
    }

    private List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void everyCommandPrintsWhatThePageShows() {
        Nodes.await(
                "the start",
                () -> Operators.get(node.operationsAddress().orElseThrow(), "/ready")
                                .statusCode()
                        == 200);
        String shown = String.join("", blocks("console"));
        String printed = shown.lines()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line + "\n" + outputOf(line.substring(2)))
                .collect(Collectors.joining());
        assertEquals(comparable(shown), comparable(printed), printed);
    }

    private String outputOf(String command) {
        List<String> words = List.of(command.replace("127.0.0.1:9101", at())
                .replace("node1.token", directory.resolve("node1.token").toString())
                .split(" ", -1));
        if (words.get(0).equals("curl")) {
            String path = words.get(words.size() - 1).replace("http://" + at(), "");
            return Operators.get(node.operationsAddress().orElseThrow(), path).body();
        }
        CommandRun run = CommandRun.of(words.subList(1, words.size()).toArray(String[]::new));
        return (run.out() + run.err()).replace(at(), "127.0.0.1:9101");
    }

    /** How long a node is up, the times of its start and of its events, and how often it has looked ahead are never the same; columns are as wide as they have to be. */
    private static String comparable(String text) {
        return text.replaceAll("(?m)^(up for|incarnation|looking ahead) .*$", "$1")
                .replaceAll("(?m)^ *-[0-9.]+ s  event", "-T s event")
                .replaceAll("-{3,}", "--")
                .replaceAll(" +", " ")
                .replaceAll("(?m) $", "");
    }

    @Test
    void theMetricsAreThoseOfThePage() {
        String metrics = Operators.get(node.operationsAddress().orElseThrow(), "/metrics")
                .body();
        Set<String> there = names("(?m)^# TYPE (\\w+)", metrics);
        Set<String> listed = names("(?m)^\\| `(foresail_\\w+)`", page);
        assertEquals(listed, there);
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
