package dev.foresail.eval.routing;

import dev.foresail.choice.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Over whom a node looks for its place again: those that it joined over or has lost, in turn, so that rings that were parted become one again. Immutable.
 *
 * @param nodes the next one to be asked first; the eight latest, and those that were asked longest ago
 */
public record Contacts(List<NodeId> nodes) {
    public static final Contacts NONE = new Contacts(List.of());

    private static final int MOST = 8;

    public Contacts {
        nodes = List.copyOf(nodes);
    }

    /** With another one, which is the next; of too many, the last is forgotten. */
    public Contacts with(NodeId contact) {
        return nodes.contains(contact)
                ? this
                : new Contacts(Stream.concat(Stream.of(contact), nodes.stream())
                        .limit(MOST)
                        .toList());
    }

    public Optional<NodeId> next() {
        return nodes.stream().findFirst();
    }

    /** The next one was asked, and is the last now. */
    public Contacts turned() {
        return new Contacts(
                Stream.concat(nodes.stream().skip(1), nodes.stream().limit(1)).toList());
    }
}
