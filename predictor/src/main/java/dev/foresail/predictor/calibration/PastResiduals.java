package dev.foresail.predictor.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far off predictions were in runs that are over. Immutable; may be shared by all nodes. */
public final class PastResiduals {
    /** Nothing is known. */
    public static final PastResiduals NONE = new PastResiduals(Map.of());

    /** Of a choice; more would make predictions dearer and intervals hardly better. */
    private static final int MOST = 1_000;

    private final SortedMap<ChoiceTerm, List<Residual>> residuals = new TreeMap<>();

    private PastResiduals(Map<ChoiceTerm, List<Residual>> all) {
        all.forEach((of, some) -> residuals.put(of, evenly(some)));
    }

    /** As many as are kept, evenly over the run. */
    private static List<Residual> evenly(List<Residual> all) {
        int kept = Math.min(MOST, all.size());
        List<Residual> some = new ArrayList<>(kept);
        for (int index = 0; index < kept; index++) {
            some.add(all.get((int) ((long) index * all.size() / kept)));
        }
        return Collections.unmodifiableList(some);
    }

    List<Residual> of(ChoiceTerm of) {
        return residuals.getOrDefault(of, List.of());
    }

    /** How many there are of all choices. */
    public int size() {
        return residuals.values().stream().mapToInt(List::size).sum();
    }

    /** Collects what runs leave. Not thread-safe. */
    public static final class Collector {
        private final SortedMap<ChoiceTerm, List<Residual>> all = new TreeMap<>();

        /** Takes one; without effect when it is not finite. */
        public void add(ChoiceTerm of, Residual residual) {
            if (residual.isFinite()) {
                all.computeIfAbsent(of, added -> new ArrayList<>()).add(residual);
            }
        }

        /** Takes those of another run, after its own. */
        public void addAll(Collector other) {
            other.all.forEach((of, residuals) ->
                    all.computeIfAbsent(of, added -> new ArrayList<>()).addAll(residuals));
        }

        /** Those so far. */
        public PastResiduals residuals() {
            return new PastResiduals(all);
        }
    }
}
