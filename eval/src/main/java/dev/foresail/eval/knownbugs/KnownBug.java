package dev.foresail.eval.knownbugs;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bug that is known to be in a protocol, and the explorations that should find it. Immutable.
 *
 * @param id such as {@code RT-1}
 * @param property what it violates
 * @param scenario has a parameter {@code bug} that says which bugs are in; with {@code none} nobody has found the
 *     property violated (KnownBugsTest says how far was looked)
 * @param fromSnapshot the scenario's parameters for a start close to the bug, {@code bug} not among them
 * @param fromInitial the same for a start from the beginning, with failures
 * @param <S> the protocol's state
 */
public record KnownBug<S>(
        String id,
        String property,
        Machine<S> machine,
        ExplorationScenario<S> scenario,
        SortedMap<String, String> fromSnapshot,
        SortedMap<String, String> fromInitial) {
    public KnownBug {
        fromSnapshot = Collections.unmodifiableSortedMap(new TreeMap<>(fromSnapshot));
        fromInitial = Collections.unmodifiableSortedMap(new TreeMap<>(fromInitial));
    }

    /** The system with the bug, from the snapshot. */
    public SystemModel<S> snapshotModel() {
        return model(fromSnapshot, id);
    }

    /** The system with the bug, from its beginning. */
    public SystemModel<S> initialModel() {
        return model(fromInitial, id);
    }

    /** As {@link #snapshotModel}, without the bug. */
    public SystemModel<S> mendedSnapshotModel() {
        return model(fromSnapshot, "none");
    }

    /** As {@link #initialModel}, without the bug. */
    public SystemModel<S> mendedInitialModel() {
        return model(fromInitial, "none");
    }

    private SystemModel<S> model(SortedMap<String, String> settings, String bug) {
        SortedMap<String, String> texts = new TreeMap<>(settings);
        texts.put("bug", bug);
        return Explorations.model(machine, scenario, texts);
    }
}
