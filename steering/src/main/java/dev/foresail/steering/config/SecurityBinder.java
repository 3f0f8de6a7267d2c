package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.security.AllowedPeers;
import dev.foresail.steering.security.SecurityMistake;
import dev.foresail.steering.security.SecuritySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the section {@code security}; what is wrong with the files that it names is wrong with the configuration. */
final class SecurityBinder {
    private static final String LIST = "a list of node ids and certificate subjects, such as [2, \"CN=n3,O=Example\"],";

    private final Problems problems;
    private final Values values;

    SecurityBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    /**
     * @param self whom the certificate has to be for, if that is known
     * @param deployed whether the node is to run here, so that the files have to be here
     */
    Optional<SecuritySettings> read(Node node, Optional<NodeId> self, boolean deployed) {
        Section section = new Section(node, "security", problems);
        Optional<Path> certificate = file(section, "certificate", "the node's certificate, a PEM file");
        Optional<Path> key = file(section, "key", "the private key of the certificate, a PEM file");
        Optional<Path> trusted = file(section, "trusted", "the certificates that the peers' are signed by, a PEM file");
        Optional<AllowedPeers> peers = section.take("peers").map(this::peers);
        section.finish();
        if (certificate.isEmpty() || key.isEmpty() || trusted.isEmpty()) {
            return Optional.empty();
        }
        SecuritySettings settings = new SecuritySettings(certificate.get(), key.get(), trusted.get(), peers);
        if (deployed) {
            settings.mistakes(self).forEach(mistake -> add(section, mistake));
        }
        return Optional.of(settings);
    }

    private Optional<Path> file(Section section, String key, String meaning) {
        return section.need(key, meaning).flatMap(node -> values.path(node, section.pathOf(key)));
    }

    private void add(Section section, SecurityMistake mistake) {
        String key = mistake.file().label();
        problems.add(section.take(key).orElseThrow(), mistake.code(), section.pathOf(key) + ": " + mistake.text());
    }

    private AllowedPeers peers(Node node) {
        SortedSet<NodeId> nodes = new TreeSet<>();
        List<X500Principal> subjects = new ArrayList<>();
        List<Node> entries = values.list(node, "security.peers", LIST);
        if (node instanceof SequenceNode && entries.isEmpty()) {
            problems.add(
                    node,
                    "FS207",
                    "security.peers: an empty list would let nobody in; leave it out to let in all with a certificate");
        }
        for (Node entry : entries) {
            if (entry instanceof ScalarNode scalar && scalar.getValue().contains("=")) {
                subject(scalar).ifPresent(subjects::add);
            } else {
                values.nodeId(entry, "security.peers").ifPresent(nodes::add);
            }
        }
        return new AllowedPeers(nodes, subjects);
    }

    private Optional<X500Principal> subject(ScalarNode entry) {
        try {
            return Optional.of(new X500Principal(entry.getValue()));
        } catch (IllegalArgumentException malformed) {
            values.wrong(entry, "security.peers", "a certificate's subject, such as \"CN=n3,O=Example\",");
            return Optional.empty();
        }
    }
}
