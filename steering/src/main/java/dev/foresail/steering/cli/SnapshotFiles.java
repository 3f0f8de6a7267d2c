package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.snapshot.SnapshotFile;
import dev.foresail.predictor.snapshot.SnapshotScenario;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import java.nio.file.Path;
import java.util.List;

/** Snapshots that are named on the command line. */
final class SnapshotFiles {
    private SnapshotFiles() {}

    /**
     * The scenario that begins with the snapshot; says what is wanting in it.
     *
     * @throws dev.foresail.predictor.snapshot.SnapshotException FS243 to FS248 when the file cannot be used
     */
    static <S> SnapshotScenario<S> scenario(Machine<S> machine, Path file, Output output) {
        SystemSnapshot<S> snapshot = SnapshotFile.read(machine, file);
        List<String> contradictions = snapshot.contradictions();
        if (!contradictions.isEmpty()) {
            output.hint("the snapshot is not consistent: " + String.join("; ", contradictions));
        }
        if (snapshot.unknownInFlight() > 0) {
            output.hint(
                    "messages in flight of which the snapshot has no copy, left out: " + snapshot.unknownInFlight());
        }
        return new SnapshotScenario<>(machine, snapshot);
    }
}
