package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The nodes that a certificate is for. */
final class NodeNames {
    private static final int DNS_NAME = 2;
    private static final String NODE = "n(0|[1-9][0-9]{0,17})";

    private NodeNames() {}

    /**
     * Those that its alternative DNS names name, such as {@code n7}, among names of hosts maybe; only where it has no
     * alternative DNS name at all, the one that its subject's common name does. Never from both: authorities look at
     * alternative names, and hardly at what else stands in the subject.
     */
    static SortedSet<NodeId> of(X509Certificate certificate) {
        List<String> names = alternativeNames(certificate);
        if (names.isEmpty()) {
            names = commonNames(certificate);
            names = names.size() == 1 ? names : List.of();
        }
        SortedSet<NodeId> nodes = new TreeSet<>();
        for (String name : names) {
            node(name).ifPresent(nodes::add);
        }
        return nodes;
    }

    private static Optional<NodeId> node(String name) {
        return name.matches(NODE) ? Optional.of(NodeId.of(Long.parseLong(name.substring(1)))) : Optional.empty();
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (Integer.valueOf(DNS_NAME).equals(alternative.get(0))) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException malformed) {
            // Then it is not known whether there is one; an empty text is no node, and keeps the subject out.
            names.add("");
        }
        return names;
    }

    private static List<String> commonNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException malformed) {
            names.clear();
        }
        return names;
    }
}
