package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.logging.OneLine;
import dev.foresail.steering.security.PemFile.Block;
import dev.foresail.steering.security.PemFile.PemException;
import dev.foresail.steering.security.SecurityMistake.File;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** What the files of a node's security hold, and all that is wrong with them. */
final class CredentialFiles {
    /** How a key of each kind signs, to see whether it fits a certificate. */
    private static final Map<String, String> SIGNATURES =
            new TreeMap<>(Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA"));

    private final SecuritySettings settings;
    private final List<SecurityMistake> mistakes = new ArrayList<>();
    private List<X509Certificate> chain = List.of();
    private Optional<PrivateKey> key = Optional.empty();
    private List<X509Certificate> trusted = List.of();

    private CredentialFiles(SecuritySettings settings) {
        this.settings = settings;
    }

    static CredentialFiles read(SecuritySettings settings, Optional<NodeId> self) {
        CredentialFiles files = new CredentialFiles(settings);
        files.chain = files.certificates(File.CERTIFICATE, settings.certificate());
        files.chain.stream().findFirst().ifPresent(own -> files.checkOwn(own, self));
        files.key = files.privateKey();
        if (files.key.isPresent() && !files.chain.isEmpty()) {
            files.checkFits(files.key.get(), files.chain.get(0));
        }
        files.trusted = files.certificates(File.TRUSTED, settings.trusted());
        if (!files.trusted.isEmpty()
                && files.trusted.stream().allMatch(one -> invalidity(one).isPresent())) {
            files.mistake(
                    File.TRUSTED,
                    "FS312",
                    settings.trusted() + " " + invalidity(files.trusted.get(0)).orElseThrow() + "; get the new one");
        }
        return files;
    }

    List<SecurityMistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** The node's certificate first; empty when there is a mistake with it. */
    List<X509Certificate> chain() {
        return chain;
    }

    Optional<PrivateKey> key() {
        return key;
    }

    List<X509Certificate> trusted() {
        return trusted;
    }

    private void mistake(File file, String code, String text) {
        mistakes.add(new SecurityMistake(file, code, text));
    }

    private List<X509Certificate> certificates(File which, Path file) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : PemFile.read(file)) {
                if (block.type().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.content())));
                }
            }
            if (certificates.isEmpty()) {
                mistake(which, "FS310", file + " has no block CERTIFICATE; a PEM file with a certificate was expected");
            }
            return certificates;
        } catch (PemException unusable) {
            mistake(which, "FS310", file + " " + unusable.getMessage());
        } catch (CertificateException malformed) {
            mistake(which, "FS310", file + " has a certificate that cannot be read: " + reason(malformed));
        }
        return List.of();
    }

    private static String reason(Exception failure) {
        return OneLine.of(String.valueOf(failure.getMessage()), 200);
    }

    private void checkOwn(X509Certificate own, Optional<NodeId> self) {
        invalidity(own)
                .ifPresent(why -> mistake(
                        File.CERTIFICATE,
                        "FS312",
                        settings.certificate() + " " + why + "; make a new one, or look at the clock"));
        SortedSet<NodeId> nodes = NodeNames.of(own);
        if (self.isPresent() && !nodes.contains(self.get())) {
            mistake(
                    File.CERTIFICATE,
                    "FS313",
                    settings.certificate() + " is " + (nodes.isEmpty() ? "for no node" : "for " + nodes)
                            + ", and this is " + self.get() + "; its certificate has the alternative name DNS:"
                            + self.get());
        }
    }

    private static Optional<String> invalidity(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateException outside) {
            return Optional.of("is valid from " + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + ", and not now");
        }
    }

    private Optional<PrivateKey> privateKey() {
        Path file = settings.key();
        try {
            List<Block> blocks = PemFile.read(file);
            Optional<Block> found = blocks.stream()
                    .filter(block -> block.type().equals("PRIVATE KEY"))
                    .findFirst();
            Optional<PrivateKey> read = found.flatMap(CredentialFiles::decoded);
            if (found.isEmpty()) {
                mistake(
                        File.KEY,
                        "FS310",
                        file + " has a block " + blocks.get(0).type() + " and no PRIVATE KEY (PKCS#8, not encrypted);"
                                + " 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW' makes one of other keys");
            } else if (read.isEmpty()) {
                mistake(
                        File.KEY,
                        "FS310",
                        file + " has a key that cannot be read; one of " + SIGNATURES.keySet() + " was expected");
            }
            return read;
        } catch (PemException unusable) {
            mistake(File.KEY, "FS310", file + " " + unusable.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> decoded(Block block) {
        for (String algorithm : SIGNATURES.keySet()) {
            try {
                return Optional.of(
                        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content())));
            } catch (GeneralSecurityException another) {
                // The kind of a key is told by trying.
            }
        }
        return Optional.empty();
    }

    private void checkFits(PrivateKey own, X509Certificate certificate) {
        if (!fits(own, certificate)) {
            mistake(
                    File.KEY,
                    "FS311",
                    "the key " + settings.key() + " does not fit the certificate " + settings.certificate()
                            + "; both are made together");
        }
    }

    private static boolean fits(PrivateKey own, X509Certificate certificate) {
        try {
            byte[] probe = "foresail".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(own.getAlgorithm(), ""));
            signature.initSign(own);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }
}
