package dev.foresail.predictor.trace;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.snapshot.SnapshotFile;
import java.nio.file.Path;
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

    /** The path alone, without what was seen at its steps: all that is needed to go along it again. */
    public Trace bare() {
        return new Trace(
                header,
                steps.stream()
                        .map(step -> new TraceStep(
                                step.number(), step.happening(), List.of(), List.of(), List.of(), List.of()))
                        .toList());
    }

    /**
     * What the path was found in, and what is violated at its end.
     *
     * @param origin the scenario from which the model can be made again
     * @param stateType the protocol's class, as its short name may be another's too; older traces do not say
     * @param schema the fingerprint of the protocol's types, {@link dev.foresail.choice.machine.Machine#schema}
     * @param isLiveness whether the property is a liveness property, which never came to hold
     * @param initialWorld the index of the world in which the path begins, from 0
     * @param detail what was thrown, or where a walk was lost; else empty
     */
    public record Header(
            Origin origin,
            Optional<String> stateType,
            long schema,
            String property,
            boolean isLiveness,
            int initialWorld,
            String detail) {
        /** Whether it is a trace of that protocol, as far as names say. */
        public boolean isOf(Machine<?> machine) {
            return machine.protocol().equals(origin.protocol())
                    && stateType.map(machine.stateType().getName()::equals).orElse(true);
        }
    }

    /**
     * Where a model comes from.
     *
     * @param scenario the name of an {@link dev.foresail.predictor.model.ExplorationScenario}
     * @param settings what was given as {@code --set key=value}
     * @param snapshot the deployment's state in which it begins; without one the scenario says how it begins
     */
    public record Origin(
            String protocol, String scenario, SortedMap<String, String> settings, Optional<SnapshotUsed> snapshot) {
        /** Of a model that begins as its scenario says. */
        public Origin(String protocol, String scenario, SortedMap<String, String> settings) {
            this(protocol, scenario, settings, Optional.empty());
        }

        public Origin {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    /**
     * The snapshot with which a path begins.
     *
     * @param file its name then
     * @param digest of its content, as {@link dev.foresail.predictor.snapshot.SnapshotFile#digest}; older traces have none
     */
    public record SnapshotUsed(String file, Optional<String> digest) {
        /** The file as it is now. */
        public static SnapshotUsed of(Path file) {
            return new SnapshotUsed(file.toString(), Optional.of(SnapshotFile.digest(file)));
        }

        /**
         * Demands that {@code now} has the content of then.
         *
         * @throws TraceException FS249 when it has not
         * @throws dev.foresail.predictor.snapshot.SnapshotException FS248 when it cannot be read
         */
        public void requireSame(Path now) {
            digest.ifPresent(then -> {
                String is = SnapshotFile.digest(now);
                if (!is.equals(then)) {
                    throw new TraceException(
                            "FS249",
                            "the trace begins with the snapshot " + file + " of SHA-256 " + then + ", but " + now
                                    + " has " + is + "; give the file of then with --snapshot, or check again");
                }
            });
        }
    }
}
