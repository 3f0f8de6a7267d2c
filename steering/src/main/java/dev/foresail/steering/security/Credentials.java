package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.failure.NodeException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a node proves itself with to its peers, and knows them by: TLS 1.3, a certificate from either side. Thread-safe.
 */
public final class Credentials {
    private final SslContext accepting;
    private final SslContext connecting;
    private final Optional<AllowedPeers> peers;

    private Credentials(SslContext accepting, SslContext connecting, Optional<AllowedPeers> peers) {
        this.accepting = accepting;
        this.connecting = connecting;
        this.peers = peers;
    }

    /**
     * Reads the files; blocks.
     *
     * @throws NodeException FS310 when a file cannot be read, FS311 when key and certificate do not fit, FS312 when a
     *     certificate is not valid now, FS313 when it is not this node's
     */
    public static Credentials load(SecuritySettings settings, NodeId self) {
        CredentialFiles files = CredentialFiles.read(settings, Optional.of(self));
        if (!files.mistakes().isEmpty()) {
            SecurityMistake first = files.mistakes().get(0);
            throw new NodeException(first.code(), first.text());
        }
        try {
            SslContextBuilder server = SslContextBuilder.forServer(files.key().orElseThrow(), files.chain());
            SslContextBuilder client =
                    SslContextBuilder.forClient().keyManager(files.key().orElseThrow(), files.chain());
            return new Credentials(
                    complete(server, files.trusted()), complete(client, files.trusted()), settings.peers());
        } catch (SSLException refused) {
            throw new NodeException(
                    "FS310", "the files of 'security' cannot be used: " + refused.getMessage(), refused);
        }
    }

    private static SslContext complete(SslContextBuilder builder, List<X509Certificate> trusted) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3")
                .trustManager(trusted)
                .clientAuth(ClientAuth.REQUIRE)
                // Nodes are known by their ids, wherever they run.
                .endpointIdentificationAlgorithm(null)
                // A session that is taken up again is not asked for its certificate.
                .sessionTimeout(1)
                .build();
    }

    /**
     * What a connection goes through before anything else.
     *
     * @param accepted whether the peer has opened the connection, else this node has
     * @param tasks where certificates are checked, which takes longer than an event loop has
     * @param timeout when a handshake that has not ended fails
     */
    public SslHandler handler(boolean accepted, ByteBufAllocator allocator, Executor tasks, Duration timeout) {
        SslHandler handler = (accepted ? accepting : connecting).newHandler(allocator, tasks);
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        return handler;
    }

    /**
     * Who is on the other side, once the handshake is over.
     *
     * @throws SSLPeerUnverifiedException when nobody has proved to be anybody
     */
    public PeerCertificate peer(SslHandler handler) throws SSLPeerUnverifiedException {
        return PeerCertificate.of(
                (X509Certificate) handler.engine().getSession().getPeerCertificates()[0], peers);
    }
}
