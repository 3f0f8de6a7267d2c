package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.fixture.Authority;
import dev.foresail.steering.security.AllowedPeers;
import dev.foresail.steering.security.SecuritySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code security}: its files are looked at before anything starts. */
final class SecurityConfigurationTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(SecurityConfigurationTest.class.getClassLoader()));

    private final Path folder;
    private final Authority authority;
    private String peers = "";

    SecurityConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
        this.authority = new Authority(folder);
        authority.of(1);
    }

    private NodeConfiguration read(String certificate, String key, String trusted) {
        return reader.readNode(
                "node.yaml",
                Samples.SMALL + "security:\n  certificate: " + folder.resolve(certificate) + "\n  key: "
                        + folder.resolve(key) + "\n  trusted: " + folder.resolve(trusted) + "\n" + peers);
    }

    private void assertRefused(
            String place, String code, String reason, String certificate, String key, String trusted) {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(certificate, key, trusted));
        assertEquals(1, refused.problems().size(), refused::getMessage);
        Problem only = refused.problems().get(0);
        assertEquals("node.yaml:" + place + " " + code, only.place() + " " + only.code(), refused::getMessage);
        assertTrue(only.text().contains(reason), only::text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void whatFitsIsTakenAsItStands() {
        peers = "  peers: [2, \"CN=n3, O=Example\"]\n";
        assertEquals(
                Optional.of(new SecuritySettings(
                        folder.resolve("n1.pem"),
                        folder.resolve("n1.key"),
                        folder.resolve("ca.pem"),
                        Optional.of(new AllowedPeers(
                                new TreeSet<>(List.of(NodeId.of(2))), List.of(new X500Principal("CN=n3,O=Example")))))),
                read("n1.pem", "n1.key", "ca.pem").security());
    }

    @Test
    void withoutTheSectionThereIsNoSecurity() {
        assertEquals(
                Optional.empty(), reader.readNode("node.yaml", Samples.SMALL).security());
    }

    @Test
    void aSimulationDoesNotNeedTheFiles() {
        String text = "protocol: kitchen\nsecurity: {certificate: no.pem, key: no.key, trusted: no.pem}\n";
        assertEquals(
                "kitchen",
                reader.readSimulation("sim.yaml", text, Optional.empty()).protocol());
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertRefused("7:16", "FS310", "there is no such file", "none.pem", "n1.key", "ca.pem");
        assertRefused("8:8", "FS310", "there is no such file", "n1.pem", "none.key", "ca.pem");
        assertRefused("9:12", "FS310", "there is no such file", "n1.pem", "n1.key", "none.pem");
    }

    @Test
    void aFileThatIsNoPemIsNamed() throws IOException {
        write("noise.pem", "MIIB nothing");
        write("cut.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n");
        write("empty.pem", "-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----\n");
        write("wrong.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        write("wrong.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        write("old.key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertRefused("7:16", "FS310", "is not a PEM file", "noise.pem", "n1.key", "ca.pem");
        assertRefused("7:16", "FS310", "is not a PEM file", "cut.pem", "n1.key", "ca.pem");
        assertRefused("7:16", "FS310", "an empty block CERTIFICATE", "empty.pem", "n1.key", "ca.pem");
        assertRefused("7:16", "FS310", "a certificate that cannot be read", "wrong.pem", "n1.key", "ca.pem");
        assertRefused("7:16", "FS310", "no block CERTIFICATE", "n1.key", "n1.key", "ca.pem");
        assertRefused("8:8", "FS310", "cannot be read; one of [EC, EdDSA, RSA]", "n1.pem", "wrong.key", "ca.pem");
        assertRefused("8:8", "FS310", "a block RSA PRIVATE KEY and no PRIVATE KEY", "n1.pem", "old.key", "ca.pem");
        assertRefused("9:12", "FS310", "is not a PEM file", "n1.pem", "n1.key", "noise.pem");
    }

    @Test
    void aKeyThatDoesNotFitItsCertificateIsNamed() {
        authority.of(2);
        assertRefused("8:8", "FS311", "does not fit the certificate", "n1.pem", "n2.key", "ca.pem");
    }

    @Test
    void aCertificateThatIsOverOrNotYetBegunIsNamed() {
        Instant now = Instant.now();
        authority.of("n1", old -> old.notBefore(now.minus(Duration.ofDays(9))).notAfter(now.minus(Duration.ofDays(2))));
        assertRefused("7:16", "FS312", "is valid from", "n1.pem", "n1.key", "ca.pem");
        authority.of(
                "n1", young -> young.notBefore(now.plus(Duration.ofDays(2))).notAfter(now.plus(Duration.ofDays(9))));
        assertRefused("7:16", "FS312", "and not now", "n1.pem", "n1.key", "ca.pem");
        authority.of(1);
        authority.of(
                "old", old -> old.notBefore(now.minus(Duration.ofDays(9))).notAfter(now.minus(Duration.ofDays(2))));
        assertRefused("9:12", "FS312", "and not now", "n1.pem", "n1.key", "old.pem");
    }

    @Test
    void aCertificateOfAnotherNodeIsNamed() {
        authority.of("n2", builder -> builder.addSanDnsName("host.example").addSanDnsName("n2"));
        assertRefused("7:16", "FS313", "is for [n2], and this is n1", "n2.pem", "n2.key", "ca.pem");
        authority.of("n01", builder -> builder);
        assertRefused("7:16", "FS313", "is for no node, and this is n1", "n01.pem", "n01.key", "ca.pem");
    }

    @Test
    void theCommonNameCountsWhereThereIsNoAlternativeNameAndSeveralNodesShareACertificate() {
        authority.of("n1", builder -> builder);
        assertEquals("n1.pem", fileName(read("n1.pem", "n1.key", "ca.pem")));
        authority.of("hall", builder -> builder.addSanDnsName("n7").addSanDnsName("n1"));
        assertEquals("hall.pem", fileName(read("hall.pem", "hall.key", "ca.pem")));
    }

    private static String fileName(NodeConfiguration read) {
        return String.valueOf(read.security().orElseThrow().certificate().getFileName());
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        peers = "  peers: [two, \"CN=\\\\\"]\n  peer: 2\n";
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read("none.pem", "n1.key", "none.pem"));
        assertEquals(
                List.of("7:16 FS310", "9:12 FS310", "10:11 FS207", "10:16 FS207", "11:3 FS204"),
                refused.problems().stream()
                        .map(problem -> problem.place().replace("node.yaml:", "") + " " + problem.code())
                        .toList());
    }

    @Test
    void aListThatLetsNobodyInIsRefused() {
        peers = "  peers: []\n";
        assertRefused("10:10", "FS207", "would let nobody in", "n1.pem", "n1.key", "ca.pem");
    }
}
