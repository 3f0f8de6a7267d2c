package dev.foresail.predictor.node;

import dev.foresail.choice.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Resolves choices inside handlers. */
@FunctionalInterface
public interface ImmediateChooser {
    /** The most subsets that one choice may have where each is tried: {@value}. */
    int MOST_SUBSETS = 1000;

    /** The index of the chosen candidate. */
    int choose(String name, List<?> candidates);

    /**
     * The indices of the chosen candidates, growing. Taken one after the other by {@link #choose}, each from those after the one before, so
     * that whoever tries every outcome of those tries every subset once.
     *
     * @param count from 0 to the number of candidates
     * @throws ProtocolException FS380 when there are more than {@link #MOST_SUBSETS}
     */
    default List<Integer> chooseSome(String name, List<?> candidates, int count) {
        if (!areFew(candidates.size(), count)) {
            throw new ProtocolException(
                    "FS380",
                    "the choice '" + name + "' is of " + count + " of " + candidates.size() + " candidates: more than "
                            + MOST_SUBSETS
                            + " subsets, which an exploration does not try; let it begin with fewer nodes");
        }
        List<Integer> chosen = new ArrayList<>();
        int from = 0;
        while (chosen.size() < count) {
            List<?> possible = candidates.subList(from, candidates.size() - (count - chosen.size()) + 1);
            from += choose(name, possible);
            chosen.add(from++);
        }
        return List.copyOf(chosen);
    }

    /**
     * One that tries what it is told to.
     *
     * @param decide the next outcome, below a bound
     * @param leavesOut whether, where there are more than {@link #MOST_SUBSETS}, those of the first candidates alone are tried, as
     *     many as there may be; else that fails
     */
    static ImmediateChooser trying(java.util.function.IntUnaryOperator decide, boolean leavesOut) {
        ImmediateChooser all = (name, candidates) -> decide.applyAsInt(candidates.size());
        if (!leavesOut) {
            return all;
        }
        return new ImmediateChooser() {
            @Override
            public int choose(String name, List<?> candidates) {
                return all.choose(name, candidates);
            }

            @Override
            public List<Integer> chooseSome(String name, List<?> candidates, int count) {
                int tried = candidates.size();
                while (!areFew(tried, count)) {
                    tried--;
                }
                return all.chooseSome(name, candidates.subList(0, tried), count);
            }
        };
    }

    private static boolean areFew(int size, int count) {
        double subsets = 1;
        for (int i = 0; i < Math.min(count, size - count) && subsets <= MOST_SUBSETS; i++) {
            subsets = subsets * (size - i) / (i + 1);
        }
        return subsets <= MOST_SUBSETS;
    }

    /** As many, each picked out of those that are left; the indices grow. */
    static List<Integer> oneByOne(ToIntFunction<List<?>> pick, List<?> candidates, int count) {
        List<Object> left = new ArrayList<>(candidates);
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            indices.add(i);
        }
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            int at = pick.applyAsInt(left);
            left.remove(at);
            chosen.add(indices.remove(at));
        }
        return chosen.stream().sorted().toList();
    }

    /** One that picks at random from all that are left: for what follows one future of many. */
    static ImmediateChooser drawing(java.util.function.IntUnaryOperator draw) {
        return new ImmediateChooser() {
            @Override
            public int choose(String name, List<?> candidates) {
                return draw.applyAsInt(candidates.size());
            }

            @Override
            public List<Integer> chooseSome(String name, List<?> candidates, int count) {
                return oneByOne(left -> draw.applyAsInt(left.size()), candidates, count);
            }
        };
    }
}
