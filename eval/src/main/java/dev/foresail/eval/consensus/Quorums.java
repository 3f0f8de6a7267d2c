package dev.foresail.eval.consensus;

import java.util.ArrayList;
import java.util.List;

/** The smallest majorities of a number of acceptors. */
final class Quorums {
    private Quorums() {}

    /** All of them, each in ascending order, of acceptors 1 to {@code acceptors}; in lexicographic order. */
    static List<List<Integer>> of(int acceptors) {
        List<List<Integer>> partial = List.of(List.of());
        for (int size = 0; size <= acceptors / 2; size++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> quorum : partial) {
                int last = quorum.isEmpty() ? 0 : quorum.get(quorum.size() - 1);
                for (int acceptor = last + 1; acceptor <= acceptors; acceptor++) {
                    List<Integer> extended = new ArrayList<>(quorum);
                    extended.add(acceptor);
                    longer.add(List.copyOf(extended));
                }
            }
            partial = longer;
        }
        return partial;
    }
}
