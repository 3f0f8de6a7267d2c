package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import java.util.Arrays;
import java.util.List;

/** What is known of the link to the node that an alternative chooses. Pure functions. */
final class CandidateLink {
    private static final List<LinkFigure> FIGURES = List.of(LinkFigure.values());

    private CandidateLink() {}

    /** By the order of {@link LinkFigure}; NaN where nothing is known, or where the alternative chooses no node. */
    static double[] figures(LinkDelays delays, NodeId self, Alternative alternative) {
        double[] figures = new double[FIGURES.size()];
        Arrays.fill(figures, Double.NaN);
        for (Object binding : alternative.bindings()) {
            if (binding instanceof NodeId candidate) {
                Arrays.setAll(
                        figures,
                        place -> delays.figure(self, candidate, FIGURES.get(place))
                                .orElse(Double.NaN));
                return figures;
            }
        }
        return figures;
    }
}
