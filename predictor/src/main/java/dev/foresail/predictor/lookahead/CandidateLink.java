package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import java.util.Arrays;
import java.util.List;

/** What is known of the link to the node that an alternative chooses. Pure functions. */
final class CandidateLink {
    private static final List<LinkFigure> FIGURES = List.of(LinkFigure.values());

    private CandidateLink() {}

    /**
     * By the order of {@link LinkFigure}, then those of providers; NaN where nothing is known, or where the alternative chooses no node.
     *
     * @param provided the names of providers' figures
     */
    static double[] figures(LinkDelays delays, NodeId self, Alternative alternative, List<String> provided) {
        double[] figures = new double[FIGURES.size() + provided.size()];
        Arrays.fill(figures, Double.NaN);
        for (Object binding : alternative.bindings()) {
            if (binding instanceof NodeId candidate) {
                Arrays.setAll(
                        figures,
                        place -> (place < FIGURES.size()
                                        ? delays.figure(self, candidate, FIGURES.get(place))
                                        : delays.provided(self, candidate, provided.get(place - FIGURES.size())))
                                .orElse(Double.NaN));
                return figures;
            }
        }
        return figures;
    }
}
