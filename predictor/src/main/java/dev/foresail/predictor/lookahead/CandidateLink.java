package dev.foresail.predictor.lookahead;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Alternative;
import java.util.Arrays;

/** What is known of the link to the node that an alternative chooses. Pure functions. */
final class CandidateLink {
    private static final LinkFigure[] FIGURES = LinkFigure.values();

    private CandidateLink() {}

    /** By the order of {@link LinkFigure}; NaN where nothing is known, or where the alternative chooses no node. */
    static double[] figures(LinkDelays delays, NodeId self, Alternative alternative) {
        double[] figures = new double[FIGURES.length];
        Arrays.fill(figures, Double.NaN);
        for (Object binding : alternative.bindings()) {
            if (binding instanceof NodeId candidate) {
                for (LinkFigure figure : FIGURES) {
                    figures[figure.ordinal()] =
                            delays.figure(self, candidate, figure).orElse(Double.NaN);
                }
                return figures;
            }
        }
        return figures;
    }
}
