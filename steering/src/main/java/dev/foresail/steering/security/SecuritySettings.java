package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a node and its peers know each other. Immutable.
 *
 * @param certificate PEM: the node's certificate, and those between it and the peers' trusted ones, if any
 * @param key PEM: the private key that fits the certificate, as PKCS#8 and not encrypted
 * @param trusted PEM: the certificates of the authorities that sign those of the peers
 * @param peers who may talk to the node; empty: every node with a certificate of a trusted authority
 */
public record SecuritySettings(Path certificate, Path key, Path trusted, Optional<AllowedPeers> peers) {
    /**
     * All that is wrong with the files, in the order certificate, key, trusted. Reads them, so it blocks.
     *
     * @param self whom the certificate has to be for; empty when that is not known
     */
    public List<SecurityMistake> mistakes(Optional<NodeId> self) {
        return CredentialFiles.read(this, self).mistakes();
    }
}
