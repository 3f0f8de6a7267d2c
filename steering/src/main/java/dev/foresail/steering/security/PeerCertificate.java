package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.logging.OneLine;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the certificate of the other side of a connection says, after a handshake that has found it genuine. Immutable.
 *
 * @param subject whom it was made out to, in one line, cut after 200 characters
 * @param named the nodes that it is for
 * @param allowed those of them that may talk to this node
 */
public record PeerCertificate(String subject, SortedSet<NodeId> named, SortedSet<NodeId> allowed) {
    private static final int MAX_SHOWN = 200;

    static PeerCertificate of(X509Certificate certificate, Optional<AllowedPeers> list) {
        SortedSet<NodeId> named = NodeNames.of(certificate);
        SortedSet<NodeId> allowed = list.map(peers -> peers.of(certificate.getSubjectX500Principal(), named))
                .orElse(named);
        return new PeerCertificate(
                OneLine.of(certificate.getSubjectX500Principal().getName(), MAX_SHOWN), named, allowed);
    }

    /** Why nobody with this certificate may talk to this node; empty when somebody may. */
    public Optional<String> refusal() {
        if (named.isEmpty()) {
            return Optional.of(
                    "its certificate '" + subject + "' names no node; one for n7 has the alternative name DNS:n7");
        }
        if (allowed.isEmpty()) {
            return Optional.of(
                    "its certificate '" + subject + "' is for " + named + ", and not on the list security.peers");
        }
        return Optional.empty();
    }

    /** Why who has this certificate may not talk to this node as {@code claimed}; empty when it may. */
    public Optional<String> refusal(NodeId claimed) {
        if (!named.contains(claimed)) {
            return Optional.of(
                    "is " + claimed + " by its words, but its certificate '" + subject + "' is for " + named);
        }
        if (!allowed.contains(claimed)) {
            return Optional.of("is " + claimed + ", which is not on the list security.peers");
        }
        return Optional.empty();
    }
}
