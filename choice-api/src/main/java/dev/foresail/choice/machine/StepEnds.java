package dev.foresail.choice.machine;

import dev.foresail.choice.Node;
import dev.foresail.choice.ProtocolException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rules of the end of a step; what generated machines and stacks call. Pure functions but for what handlers do. */
public final class StepEnds {
    /** More rounds than any chain of handlers that lead to each other, and few enough to be told of at once. */
    private static final int MOST_ROUNDS = 100;

    private StepEnds() {}

    /**
     * Runs the handlers of changes in rounds, until nothing has changed that they watch; then detectors set their timers. What changes in a round is looked at in the next one, once by each handler; what
     * detectors forget counts among it.
     *
     * @param before what {@link StepEnd#watched} said before the step
     * @throws ProtocolException FS501 when there is no end to it
     */
    public static <S> void finish(Machine<S> machine, StepEnd<S> end, S state, Object before, Node node) {
        Object earlier = before;
        end.forget(state, node);
        List<String> changed = end.changed(state, earlier, node);
        for (int round = 0; !changed.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new ProtocolException(
                        "FS501",
                        machine.protocol() + ": what is watched still changes after " + MOST_ROUNDS
                                + " rounds at the end of one step, for " + changed
                                + "; let handlers of changes come to a state in which they change nothing more");
            }
            Object later = end.watched(state, node);
            end.run(state, earlier, later, node);
            earlier = later;
            end.forget(state, node);
            changed = end.changed(state, earlier, node);
        }
        end.settle(state, node);
    }

    /**
     * Whether two values of a field of the state are the same: by {@code equals}, but collections, maps and arrays by what they hold, in its order.
     * Its order is part of the state, and some collections are equal to themselves only.
     */
    public static boolean isSame(Object one, Object other) {
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.size() == otherMap.size()
                    && haveSame(map.keySet(), otherMap.keySet())
                    && haveSame(map.values(), otherMap.values());
        }
        return one instanceof Collection<?> all && other instanceof Collection<?> others
                ? all.size() == others.size() && haveSame(all, others)
                : Objects.deepEquals(one, other);
    }

    private static boolean haveSame(Collection<?> ones, Collection<?> others) {
        Iterator<?> next = others.iterator();
        for (Object each : ones) {
            if (!isSame(each, next.next())) {
                return false;
            }
        }
        return true;
    }
}
