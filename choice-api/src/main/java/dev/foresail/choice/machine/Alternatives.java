package dev.foresail.choice.machine;

import dev.foresail.choice.ProtocolException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts lists of alternatives together; what generated machines call. Pure functions. */
public final class Alternatives {
    /** The most alternatives an event may have: {@value}. */
    public static final int MOST = 64;

    private Alternatives() {}

    /** The alternatives of both, {@code first} before {@code second}; allocates only when both have some. */
    public static List<Alternative> join(List<Alternative> first, List<Alternative> second) {
        if (first.isEmpty()) {
            return second;
        }
        if (second.isEmpty()) {
            return first;
        }
        List<Alternative> both = new ArrayList<>(first);
        both.addAll(second);
        return List.copyOf(both);
    }

    /**
     * Every binding of the choice points of {@code handler}: the cross product of the candidates, the last choice point
     * varying fastest.
     *
     * @throws ProtocolException FS103 when there are more than {@link #MOST}
     */
    public static List<Alternative> bind(int handler, Collection<?>... candidates) {
        long count = 1;
        for (Collection<?> some : candidates) {
            count = Math.min(count * some.size(), Integer.MAX_VALUE);
        }
        if (count > MOST) {
            throw new ProtocolException(
                    "FS103",
                    "handler " + handler + " has " + count + " bindings of its choice points, at most " + MOST
                            + " are enumerated; name fewer candidates");
        }
        List<Alternative> alternatives = new ArrayList<>((int) count);
        if (count > 0) {
            addBindings(handler, candidates, new ArrayList<>(), alternatives);
        }
        return alternatives;
    }

    private static void addBindings(
            int handler, Collection<?>[] candidates, List<Object> bound, List<Alternative> alternatives) {
        if (bound.size() == candidates.length) {
            alternatives.add(new Alternative(handler, bound));
            return;
        }
        for (Object candidate : candidates[bound.size()]) {
            bound.add(candidate);
            addBindings(handler, candidates, bound, alternatives);
            bound.remove(bound.size() - 1);
        }
    }
}
