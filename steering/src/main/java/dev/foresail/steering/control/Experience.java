package dev.foresail.steering.control;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The bad paths that a node knows: at most so many, the ones that were met last. Outlives changes of the mode, and the node
 * itself where somebody keeps it. Not thread-safe.
 */
public final class Experience {
    static final int MOST = 32;

    private final Map<Path, Trace> paths = new LinkedHashMap<>();
    private final Consumer<List<Trace>> keeper;

    /** What makes two bad paths the same. */
    private record Path(String property, List<String> steps) {
        static Path of(Trace trace) {
            return new Path(
                    trace.header().property(),
                    trace.steps().stream()
                            .map(TraceStep::happening)
                            .map(TraceStep.Happening::text)
                            .toList());
        }
    }

    /**
     * @param before what was known before, the oldest first
     * @param keeper is given all there is whenever something is new
     */
    public Experience(Collection<Trace> before, Consumer<List<Trace>> keeper) {
        this.keeper = keeper;
        before.forEach(this::put);
    }

    /** Nothing is known, and nobody keeps it. */
    public static Experience none() {
        return new Experience(List.of(), traces -> {});
    }

    /** The oldest first. */
    List<Trace> known() {
        return new ArrayList<>(paths.values());
    }

    /** @return whether it was not known before */
    boolean learn(Trace trace) {
        boolean isNew = put(trace);
        if (isNew) {
            keeper.accept(known());
        }
        return isNew;
    }

    /** @return whether it is new */
    private boolean put(Trace trace) {
        Path path = Path.of(trace);
        boolean isNew = paths.remove(path) == null;
        paths.put(path, trace);
        if (paths.size() > MOST) {
            Iterator<Path> oldest = paths.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return isNew;
    }
}
