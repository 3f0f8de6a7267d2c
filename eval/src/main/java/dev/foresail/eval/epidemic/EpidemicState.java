package dev.foresail.eval.epidemic;

import dev.foresail.choice.SystemView;

/** What all forms of epidemic dissemination have in common for those who look at them. */
public interface EpidemicState {
    /** Whether the update is here. */
    boolean hasHeard();

    /** The share of the nodes in sight that have the update, 0 to 1. */
    static double shareHeard(SystemView<? extends EpidemicState> view) {
        long heard = view.nodes().stream()
                .filter(node -> view.state(node).hasHeard())
                .count();
        return (double) heard / Math.max(1, view.nodes().size());
    }
}
