package dev.foresail.eval.recursiveroute;

import dev.foresail.choice.NodeId;
import java.util.Collection;
import java.util.List;

/** How many messages the lines to next hops take. Pure functions of the messages at a node and the window. */
final class Lines {
    private Lines() {}

    static List<Letter> to(NodeId next, Collection<Letter> letters) {
        return letters.stream().filter(letter -> letter.isFor(next)).toList();
    }

    private static List<Letter> withKey(long key, List<Letter> line) {
        return line.stream().filter(letter -> letter.hop().key() == key).toList();
    }

    private static long waiting(List<Letter> line) {
        return line.stream().filter(Letter::isRefused).count();
    }

    private static int mostWaiting(int window) {
        return (3 * window + 3) / 4;
    }

    private static int mostOfAWaitingKey(int window) {
        return (window + 1) / 2;
    }

    /** How many messages with a key the line takes now; while one of them waits, they have half of it. 0 or less: none. */
    static long room(List<Letter> line, long key, int window) {
        List<Letter> ofKey = withKey(key, line);
        long room = StrictMath.min(window - line.size(), mostWaiting(window) - waiting(line));
        return waiting(ofKey) == 0 ? room : StrictMath.min(room, mostOfAWaitingKey(window) - ofKey.size());
    }

    /** Whether more wait than may, so that those that could get through have no room; of those with the key, or in all. */
    static boolean isHeldUp(List<Letter> line, long key, int window) {
        return waiting(withKey(key, line)) > mostOfAWaitingKey(window) || waiting(line) > mostWaiting(window);
    }
}
