package dev.foresail.network.plane;

import dev.foresail.network.coordinate.Coordinate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where peers say that third nodes are: of each, what the last {@value #VOICES} peers have said who speak of it. Written under a lock of
 * its own, read without one.
 *
 * @param <P> names an endpoint
 */
final class Hearsay<P> {
    static final int VOICES = 3;
    /** Of how many third nodes one peer is heard; whoever speaks of more is not to make others' words forgotten. */
    static final int MOST_OF_ONE = 256;

    private final int most;
    private final Map<P, List<Voice<P>>> voices = new ConcurrentHashMap<>();
    /** Of whom each has spoken, the longest ago first. */
    private final Map<P, Set<P>> spokenOf = new HashMap<>();

    /** What a peer has said of a third node, and when it was heard. */
    record Voice<P>(P speaker, Coordinate coordinate, long atNanos) {}

    /** @param most of how many nodes something is kept; beyond it those go that were not spoken of for longest */
    Hearsay(int most) {
        this.most = most;
    }

    synchronized void take(P speaker, P third, Coordinate claimed, long nowNanos) {
        Set<P> thirds = spokenOf.computeIfAbsent(speaker, added -> new LinkedHashSet<>());
        thirds.remove(third);
        thirds.add(third);
        if (thirds.size() > MOST_OF_ONE) {
            P oldest = thirds.iterator().next();
            thirds.remove(oldest);
            silence(speaker, oldest);
        }
        List<Voice<P>> known = new ArrayList<>(of(third));
        if (known.isEmpty()) {
            Rooms.make(voices, most, Comparator.comparingLong(each -> latest(each) - nowNanos));
        }
        known.removeIf(voice -> voice.speaker().equals(speaker));
        known.add(new Voice<>(speaker, claimed, nowNanos));
        voices.put(third, List.copyOf(known.subList(Math.max(0, known.size() - VOICES), known.size())));
    }

    private void silence(P speaker, P third) {
        voices.computeIfPresent(third, (same, said) -> {
            List<Voice<P>> left = said.stream()
                    .filter(voice -> !voice.speaker().equals(speaker))
                    .toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static <P> long latest(List<Voice<P>> voices) {
        return voices.get(voices.size() - 1).atNanos();
    }

    /** The oldest first; empty when nobody has said anything. */
    List<Voice<P>> of(P third) {
        List<Voice<P>> said = voices.get(third);
        return said == null ? List.of() : said;
    }

    /** Drops what is said of a node, and all that it has said. */
    synchronized void forget(P node) {
        voices.remove(node);
        Set<P> thirds = spokenOf.remove(node);
        if (thirds != null) {
            thirds.forEach(third -> silence(node, third));
        }
    }
}
