package dev.foresail.predictor.trace;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A path from an initial world to a violation, with what was seen at every step. Immutable, and independent of the
 * protocol's classes: it can be read and shown without them.
 */
public record Trace(Header header, List<TraceStep> steps) {
    /** The version of the format that is written and read. */
    public static final int FORMAT_VERSION = 1;

    public Trace {
        steps = List.copyOf(steps);
    }

    /**
     * What the path was found in, and what is violated at its end.
     *
     * @param origin the scenario from which the model can be made again
     * @param schema the fingerprint of the protocol's types, {@link dev.foresail.choice.machine.Machine#schema}
     * @param isLiveness whether the property is a liveness property, which never came to hold
     * @param initialWorld the index of the world in which the path begins, from 0
     * @param detail what was thrown, or where a walk was lost; else empty
     */
    public record Header(
            Origin origin, long schema, String property, boolean isLiveness, int initialWorld, String detail) {}

    /**
     * Where a model comes from.
     *
     * @param scenario the name of an {@link dev.foresail.predictor.model.ExplorationScenario}
     * @param settings what was given as {@code --set key=value}
     * @param snapshot the file with the deployment's state in which it begins; without one the scenario says how it begins
     */
    public record Origin(
            String protocol, String scenario, SortedMap<String, String> settings, Optional<String> snapshot) {
        /** Of a model that begins as its scenario says. */
        public Origin(String protocol, String scenario, SortedMap<String, String> settings) {
            this(protocol, scenario, settings, Optional.empty());
        }

        public Origin {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }
}
