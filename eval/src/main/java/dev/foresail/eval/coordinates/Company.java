package dev.foresail.eval.coordinates;

import java.util.List;

/**
 * Who takes part in a run, and what an exchange brings.
 *
 * @param label in reports
 * @param bothEnds whether whoever is asked learns of the sample, too: where the asker is and the round trip, which the asker
 *     tells; otherwise only the asker learns
 * @param news how many coordinates of third nodes a message brings along
 * @param liarShare the share of nodes that lie, in [0, 1)
 * @param lies what they do, in turn
 */
record Company(String label, boolean bothEnds, int news, double liarShare, List<Lie> lies) {
    static Company honest(String label, boolean bothEnds, int news) {
        return new Company(label, bothEnds, news, 0, List.of(Lie.values()));
    }

    Company withLiars(String otherLabel, double share, List<Lie> otherLies) {
        return new Company(otherLabel, bothEnds, news, share, List.copyOf(otherLies));
    }
}
