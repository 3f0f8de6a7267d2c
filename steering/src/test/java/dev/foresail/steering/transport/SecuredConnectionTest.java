package dev.foresail.steering.transport;

import static dev.foresail.steering.fixture.Nodes.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.fixture.Nodes;
import dev.foresail.steering.live.Logged;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.security.SecuritySettings;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections get that speak to a node with certificates byte by byte: nothing, and the node goes on. */
final class SecuredConnectionTest {
    private final Nodes nodes = new Nodes();

    private final Authority authority;

    SecuredConnectionTest(@TempDir Path folder) {
        authority = new Authority(folder);
    }

    @BeforeEach
    void startOne() {
        nodes.with(new TransportSettings(4096, 1 << 16, Duration.ofSeconds(5), Duration.ofSeconds(2), 8));
        nodes.with(authority.of(1)).start(1);
    }

    @AfterEach
    void killAll() {
        nodes.close();
    }

    private Socket plain() throws IOException {
        return plain(InetAddress.getLoopbackAddress());
    }

    /** @param from the address that the node sees it connect from */
    private Socket plain(InetAddress from) throws IOException {
        InetSocketAddress address = nodes.address(1);
        Socket socket = new Socket(address.getAddress(), address.getPort(), from, 0);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private Socket secured(Optional<SecuritySettings> shown, String version) throws IOException {
        return secured(plain(), shown, version);
    }

    private Socket secured(Socket plain, Optional<SecuritySettings> shown, String version) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(authority.file("ca.pem").toFile());
        shown.ifPresent(
                own -> builder.keyManager(own.certificate().toFile(), own.key().toFile()));
        JdkSslContext context = (JdkSslContext) builder.build();
        SSLSocket socket = (SSLSocket) context.context().getSocketFactory().createSocket(plain, "n1", 0, true);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    private static byte[] hello(long id) throws IOException {
        return hello(id, 1);
    }

    private static byte[] hello(long id, long incarnation) throws IOException {
        byte[] hello =
                new Hello(new Identity("tally", 4711, NodeId.of(id), incarnation), HeartbeatKey.NONE, 1).encode();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(hello.length);
        out.write(hello);
        return bytes.toByteArray();
    }

    /** What comes back until the node closes the connection. */
    private static byte[] answer(Socket socket, byte[] said) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (socket) {
            socket.getOutputStream().write(said);
            socket.getOutputStream().flush();
            byte[] chunk = new byte[256];
            for (int read = socket.getInputStream().read(chunk);
                    read >= 0;
                    read = socket.getInputStream().read(chunk)) {
                answer.write(chunk, 0, read);
            }
        } catch (IOException closed) {
            assertFalse(closed instanceof java.net.SocketTimeoutException, closed::toString);
        }
        return answer.toByteArray();
    }

    private void assertServesOn() {
        nodes.with(authority.of(3)).start(3);
        nodes.node(3).call("ask", id(1), 8L).join();
        nodes.awaitHistory(3, "n1:8");
    }

    @Test
    void aHelloInClearTextIsNotAnswered() throws Exception {
        try (Logged logged = new Logged()) {
            byte[] answer = answer(plain(), hello(2));
            assertTrue(answer.length <= 7, "at most an alert of TLS, not " + answer.length + " bytes");
            Nodes.await("a refusal", () -> logged.has("[FS314]") && logged.has("does not speak TLS"));
        }
        assertServesOn();
    }

    @Test
    void aPeerWithoutACertificateGetsNothing() throws Exception {
        try (Logged logged = new Logged()) {
            assertEquals(0, answer(secured(Optional.empty(), "TLSv1.3"), hello(2)).length);
            Nodes.await("a refusal", () -> logged.has("[FS314]"));
        }
        assertServesOn();
    }

    @Test
    void anOlderTlsGetsNothing() throws Exception {
        try (Logged logged = new Logged()) {
            assertEquals(0, answer(secured(Optional.of(authority.of(2)), "TLSv1.2"), hello(2)).length);
            Nodes.await("a refusal", () -> logged.has("[FS314]"));
        }
        assertServesOn();
    }

    @Test
    void aPeerCannotClaimTheIdOfAnother() throws Exception {
        try (Logged logged = new Logged()) {
            assertEquals(0, answer(secured(Optional.of(authority.of(4)), "TLSv1.3"), hello(2)).length);
            Nodes.await(
                    "a refusal",
                    () -> logged.has("[FS315]")
                            && logged.has("is n2 by its words, but its certificate 'CN=n4' is for [n4]"));
        }
        assertServesOn();
    }

    @Test
    void theCommonNameDoesNotCountBesideAnAlternativeName() throws Exception {
        SecuritySettings both = authority.of("n2", builder -> builder.addSanDnsName("n4"));
        try (Logged logged = new Logged()) {
            assertEquals(0, answer(secured(Optional.of(both), "TLSv1.3"), hello(2)).length);
            Nodes.await("a refusal", () -> logged.has("[FS315]") && logged.has("is for [n4]"));
        }
        assertServesOn();
    }

    @Test
    void aCertificateThatNamesNoNodeGetsNothing() throws Exception {
        SecuritySettings host = authority.of("host.example", builder -> builder);
        try (Logged logged = new Logged()) {
            assertEquals(0, answer(secured(Optional.of(host), "TLSv1.3"), hello(2)).length);
            Nodes.await("a refusal", () -> logged.has("[FS315]") && logged.has("names no node"));
        }
        assertServesOn();
    }

    @Test
    void whoeverDoesNotBeginTheHandshakeIsSentAway() throws Exception {
        try (Logged logged = new Logged()) {
            answer(plain(), new byte[0]);
            Nodes.await("a refusal", () -> logged.has("closed the connection with"));
        }
        assertServesOn();
    }

    @Test
    void whoeverKnocksOverAndOverDoesNotFillTheLog() throws Exception {
        try (Logged logged = new Logged()) {
            for (int knock = 0; knock < 3 * LimitedLog.MAX_LINES; knock++) {
                answer(plain(), hello(2));
            }
            Nodes.await("silence", () -> logged.has("only counted"));
            assertEquals(LimitedLog.MAX_LINES, logged.count("does not speak TLS"));
        }
        assertServesOn();
    }

    /** Else a peer that has moved, or has several addresses, would be shut out until its old connection is found dead. */
    @Test
    void aPeerThatStartsAnewElsewhereIsKnownByItsCertificate() throws Exception {
        nodes.named(2, InetAddress.getLoopbackAddress());
        Optional<SecuritySettings> two = Optional.of(authority.of(2));
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
        try (Socket before = secured(two, "TLSv1.3");
                Socket moved = secured(plain(elsewhere), two, "TLSv1.3")) {
            before.getOutputStream().write(hello(2, 1));
            assertEquals(0, before.getInputStream().read(), "the first byte of an answer's length");
            moved.getOutputStream().write(hello(2, 2));
            assertEquals(0, moved.getInputStream().read(), "the first byte of an answer's length");
        }
        nodes.awaitHistory(1, "n2 lost");
    }
}
