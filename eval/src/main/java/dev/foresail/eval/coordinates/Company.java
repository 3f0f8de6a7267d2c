package dev.foresail.eval.coordinates;

import java.util.List;

/**
 * Who takes part in a run, and what an exchange brings.
 *
 * @param label in reports
 * @param bothEnds whether whoever is asked learns of the sample, too: where the asker is and the round trip, which the asker
 *     tells; otherwise only the asker learns
 * @param liarShare the share of nodes that lie, in [0, 1)
 * @param lies what they do, in turn
 */
record Company(String label, boolean bothEnds, double liarShare, List<Lie> lies) {
    static Company honest(String label, boolean bothEnds) {
        return new Company(label, bothEnds, 0, List.of(Lie.values()));
    }

    Company withLiars(String otherLabel, double share, List<Lie> otherLies) {
        return new Company(otherLabel, bothEnds, share, List.copyOf(otherLies));
    }
}
