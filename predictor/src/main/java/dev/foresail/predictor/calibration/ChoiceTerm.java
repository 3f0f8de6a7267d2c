package dev.foresail.predictor.calibration;

/**
 * What predictions are comparable: those of one choice by one term of its objective.
 *
 * @param choice its name
 * @param term as in {@link dev.foresail.predictor.node.Decision.Value}
 */
public record ChoiceTerm(String choice, int term) implements Comparable<ChoiceTerm> {
    @Override
    public int compareTo(ChoiceTerm other) {
        int byChoice = choice.compareTo(other.choice);
        return byChoice != 0 ? byChoice : Integer.compare(term, other.term);
    }
}
