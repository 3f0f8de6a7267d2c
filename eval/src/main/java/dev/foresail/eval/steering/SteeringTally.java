package dev.foresail.eval.steering;

import dev.foresail.steering.control.EventFilter;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.LookAhead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what steering does in a run. Not thread-safe. */
final class SteeringTally implements Intervention.Listener {
    private final List<Intervention> interventions = new ArrayList<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();

    @Override
    public void intervened(Intervention intervention) {
        interventions.add(intervention);
    }

    @Override
    public void lookedAhead(LookAhead round) {
        counts.merge("rounds", 1L, Long::sum);
        counts.merge("worlds", round.worlds(), Long::sum);
        counts.merge("predicted", (long) round.foreseen(), Long::sum);
        counts.merge("unhelpful", (long) round.unhelpful(), Long::sum);
    }

    @Override
    public void installed(EventFilter filter) {
        counts.merge("installed", 1L, Long::sum);
    }

    List<Intervention> interventions() {
        return Collections.unmodifiableList(interventions);
    }

    /** What came of looking ahead. */
    SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** How often, by kind, property and handler. */
    static SortedMap<String, Long> byKind(Collection<Intervention> interventions) {
        SortedMap<String, Long> byKind = new TreeMap<>();
        for (Intervention intervention : interventions) {
            String what =
                    intervention.kind().label() + ": " + intervention.property() + " by " + intervention.handler();
            byKind.merge(what, 1L, Long::sum);
        }
        return byKind;
    }
}
