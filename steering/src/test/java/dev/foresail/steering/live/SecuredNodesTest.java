package dev.foresail.steering.live;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.security.AllowedPeers;
import dev.foresail.steering.security.SecuritySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live nodes that know each other by certificates. */
final class SecuredNodesTest {
    private final Nodes nodes = new Nodes();

    private final Path folder;
    private final Authority authority;

    SecuredNodesTest(@TempDir Path folder) {
        this.folder = folder;
        this.authority = new Authority(folder.resolve("ours"));
    }

    @AfterEach
    void killAll() {
        nodes.close();
    }

    private void start(long id, SecuritySettings security) {
        nodes.with(security).start(id);
    }

    /** The first node is asked by the second, in vain, and goes on with the third. */
    private void assertKeptOut(String code, String reason) {
        try (Logged logged = new Logged()) {
            nodes.node(2).call("send", id(1), 7L).join();
            nodes.awaitHistory(2, "n1 lost");
            Nodes.await(code + " " + reason, () -> logged.has(code) && logged.has(reason));
        }
        start(3, authority.of(3));
        nodes.node(3).call("ask", id(1), 8L).join();
        nodes.awaitHistory(3, "n1:8");
        assertFalse(nodes.state(1).history().contains("n2:7"));
    }

    @Test
    void nodesWithCertificatesOfOneAuthorityTalkInBothDirections() {
        start(1, authority.of(1));
        start(2, authority.of(2));
        nodes.node(1).call("ask", id(2), 7L).join();
        nodes.awaitHistory(2, "n1:7");
        nodes.awaitHistory(1, "n2:7");
        nodes.node(2).call("burst", id(1), 2000L).join();
        Nodes.await("all numbers", () -> nodes.state(1).received() == 2001);
    }

    @Test
    void aNodeThatIsKilledAndStartedAgainIsHeardAgain() {
        start(1, authority.of(1));
        start(2, authority.of(2));
        nodes.node(1).call("ask", id(2), 1L).join();
        nodes.awaitHistory(1, "n2:1");
        nodes.node(2).kill();
        nodes.awaitHistory(1, "n2 lost");
        nodes.start(2);
        nodes.node(2).call("send", id(1), 2L).join();
        nodes.awaitHistory(1, "n2:2");
        nodes.node(2).close();
        nodes.start(2);
        nodes.node(1).call("send", id(2), 3L).join();
        nodes.awaitHistory(2, "n1:3");
    }

    @Test
    void whatIsWrittenBeforeANodeClosesArrives() {
        start(1, authority.of(1));
        start(2, authority.of(2));
        nodes.node(2).call("ask", id(1), 1L).join();
        nodes.awaitHistory(2, "n1:1");
        nodes.node(2).call("burst", id(1), 200L).join();
        nodes.node(2).close();
        nodes.awaitHistory(1, "n2:200");
    }

    /** How many sockets the process has open. */
    private static long sockets() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(SecuredNodesTest::isSocket).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isSocket(Path open) {
        try {
            return Files.readSymbolicLink(open).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** TLS says goodbye before it closes a connection, and cannot as long as nobody reads. */
    @Test
    void aNodeLeavesNoSocketOpenWhenItsPeerTakesNothing() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "the system does not tell what is open");
        nodesWithCertificatesOfOneAuthorityTalkInBothDirections();
        nodes.close();
        long before = sockets();
        start(1, authority.of(1));
        start(2, authority.of(2));
        nodes.node(1).call("ask", id(2), 1L).join();
        nodes.awaitHistory(1, "n2:1");
        nodes.node(2).pause(Duration.ofHours(1));
        nodes.node(1).call("burst", id(2), 300_000L).join();
        nodes.node(1).close();
        nodes.node(2).kill();
        Nodes.await("all sockets to be closed", () -> sockets() <= before);
    }

    @Test
    void aNodeWithoutCertificatesGetsNothing() {
        nodes.start(2);
        start(1, authority.of(1));
        assertKeptOut("[FS314]", "it does not speak TLS");
    }

    @Test
    void aNodeOfAnotherAuthorityGetsNothing() {
        Authority theirs = new Authority(folder.resolve("theirs"));
        start(1, authority.of(1));
        start(2, Authority.trusting(theirs.of(2), authority));
        assertKeptOut("[FS314]", "PKIX");
    }

    @Test
    void aNodeSaysNothingToAPeerOfAnotherAuthority() {
        Authority theirs = new Authority(folder.resolve("theirs"));
        start(1, authority.of(1));
        start(2, theirs.of(2));
        assertKeptOut("[FS314]", "PKIX");
    }

    @Test
    void aNodeSaysNothingToWhoeverIsNotThePeerItMeans() {
        start(1, authority.of(1));
        start(2, authority.of(2));
        start(4, authority.of(4));
        nodes.named(1, "localhost", nodes.address(4).getPort());
        try (Logged logged = new Logged()) {
            nodes.node(2).call("send", id(1), 7L).join();
            nodes.awaitHistory(2, "n1 lost");
            assertTrue(
                    logged.has("[FS315]") && logged.has("is n1 by its words, but its certificate 'CN=n4' is for [n4]"),
                    logged::toString);
        }
        assertEquals(List.of("started"), nodes.state(4).history());
    }

    @Test
    void aNodeThatIsNotOnTheListGetsNothing() {
        AllowedPeers third = new AllowedPeers(new TreeSet<>(List.of(id(3))), List.of());
        start(1, Authority.admitting(authority.of(1), third));
        start(2, authority.of(2));
        assertKeptOut("[FS315]", "'CN=n2' is for [n2], and not on the list");
    }

    @Test
    void aNodeIsOnTheListByItsSubjectToo() {
        AllowedPeers third = new AllowedPeers(new TreeSet<>(), List.of(new X500Principal("cn=N3")));
        start(1, Authority.admitting(authority.of(1), third));
        start(2, authority.of(2));
        assertKeptOut("[FS315]", "'CN=n2' is for [n2], and not on the list");
    }

    @Test
    void theCommandsOfTheManualMakeCertificatesWithWhichNodesTalk() throws Exception {
        assumeTrue(exitCode("openssl version") == 0, "there is no openssl");
        for (String command : commandsOfTheManual()) {
            assertEquals(0, exitCode(command), command);
        }
        for (long id = 1; id <= 2; id++) {
            Path certificate = folder.resolve("n" + id + ".pem");
            Path key = folder.resolve("n" + id + ".key");
            start(id, new SecuritySettings(certificate, key, folder.resolve("ca.pem"), Optional.empty()));
        }
        nodes.node(1).call("ask", id(2), 7L).join();
        nodes.awaitHistory(1, "n2:7");
    }

    private static List<String> commandsOfTheManual() throws IOException {
        Path manual = Path.of(System.getProperty("foresail.root", ".."), "docs", "configuration.md");
        List<String> commands = Files.readAllLines(manual).stream()
                .filter(line -> line.startsWith("openssl "))
                .toList();
        assertEquals(3, commands.size(), commands::toString);
        return commands;
    }

    private int exitCode(String command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("sh", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            return -1;
        }
    }

    @Test
    void aNodeDoesNotStartWithTheCertificateOfAnother() {
        NodeException refused = assertThrows(NodeException.class, () -> start(1, authority.of(2)));
        assertEquals("FS313", refused.code());
    }
}
