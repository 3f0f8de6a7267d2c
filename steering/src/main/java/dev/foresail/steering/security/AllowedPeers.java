package dev.foresail.steering.security;

import dev.foresail.choice.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/**
 * A list of the peers that may talk to a node: a peer is on it by its id or by its certificate's subject. Immutable.
 *
 * @param subjects compared as names are: regardless of case and of blanks between their parts
 */
public record AllowedPeers(SortedSet<NodeId> nodes, List<X500Principal> subjects) {
    public AllowedPeers {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        subjects = List.copyOf(subjects);
    }

    /** Those of the nodes {@code named} by a certificate of {@code subject} that are on the list. */
    SortedSet<NodeId> of(X500Principal subject, SortedSet<NodeId> named) {
        SortedSet<NodeId> allowed = new TreeSet<>(named);
        if (!subjects.contains(subject)) {
            allowed.retainAll(nodes);
        }
        return allowed;
    }
}
