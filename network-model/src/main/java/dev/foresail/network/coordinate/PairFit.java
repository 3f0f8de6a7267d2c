package dev.foresail.network.coordinate;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of all pairs, fitted by one who holds many nodes' samples. Which one answers is decided by cross-validation: each is
 * fitted to four fifths of the samples, and the one with the smallest median error on the last fifth is fitted to all. Immutable.
 *
 * <p>{@code coordinates} are places as in {@link Coordinate}; {@code factorisation} takes the round trips as a product of thin matrices
 * (rank 10, ridges around that of the literature's comparison); {@code combination} is the mean of both.
 */
public final class PairFit implements PairModel {
    /** Every fifth sample, in a random order, is held out. */
    private static final int FOLDS = 5;

    private static final int RANK = 10;
    /** 0.007 is 1 ms^2 per sample at a mean round trip of 150 ms. */
    private static final double[] RIDGES = {0.0023, 0.007, 0.02};

    private static final int EMBEDDING_ROUNDS = 60;
    private static final int FACTORISATION_SWEEPS = 20;

    private final String chosen;
    private final Map<String, Double> validationErrors;
    private final PairModel model;

    private PairFit(String chosen, Map<String, Double> validationErrors, PairModel model) {
        this.chosen = chosen;
        this.validationErrors = validationErrors;
        this.model = model;
    }

    /**
     * Fits the models and takes the best.
     *
     * @param nodes how many there are; samples are between indices below it
     * @param samples at least {@value #FOLDS}
     * @param random decides where fits begin, and which samples are held out
     * @throws IllegalArgumentException when there are too few samples, or one is of another node
     */
    public static PairFit of(int nodes, List<PairSample> samples, RandomStream random) {
        if (samples.size() < FOLDS) {
            throw new IllegalArgumentException("at least " + FOLDS + " samples are needed, not " + samples.size());
        }
        List<PairSample> kept = new ArrayList<>();
        List<PairSample> heldOut = new ArrayList<>();
        split(samples, random.fork("held out"), kept, heldOut);
        Map<String, Double> errors = new LinkedHashMap<>();
        models(new SampleTable(nodes, kept), random)
                .forEach((name, candidate) -> errors.put(name, medianError(candidate, heldOut)));
        return models(new SampleTable(nodes, samples), random).entrySet().stream()
                .min(Comparator.comparing(refitted -> errors.getOrDefault(refitted.getKey(), Double.NaN)))
                .map(best -> new PairFit(best.getKey(), Collections.unmodifiableMap(errors), best.getValue()))
                .orElseThrow();
    }

    private static void split(
            List<PairSample> samples, RandomStream random, List<PairSample> kept, List<PairSample> heldOut) {
        List<PairSample> shuffled = new ArrayList<>(samples);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        int held = shuffled.size() / FOLDS;
        heldOut.addAll(shuffled.subList(0, held));
        kept.addAll(shuffled.subList(held, shuffled.size()));
    }

    private static Map<String, PairModel> models(SampleTable samples, RandomStream random) {
        Map<String, PairModel> models = new LinkedHashMap<>();
        PairModel coordinates = EmbeddingModel.fit(samples, EMBEDDING_ROUNDS, random.fork("coordinates"));
        models.put("coordinates", coordinates);
        for (double ridge : RIDGES) {
            PairModel factorisation =
                    FactorisationModel.fit(samples, RANK, ridge, FACTORISATION_SWEEPS, random.fork("factorisation"));
            models.put("factorisation, ridge " + ridge, factorisation);
            models.put("combination, ridge " + ridge, mean(coordinates, factorisation));
        }
        return models;
    }

    private static PairModel mean(PairModel left, PairModel right) {
        return (from, to) -> (left.roundTripMillis(from, to) + right.roundTripMillis(from, to)) / 2;
    }

    private static double medianError(PairModel model, List<PairSample> samples) {
        double[] errors = samples.stream()
                .mapToDouble(
                        sample -> Math.abs(model.roundTripMillis(sample.from(), sample.to()) - sample.roundTripMillis())
                                / sample.roundTripMillis())
                .sorted()
                .toArray();
        return errors[errors.length / 2];
    }

    /** The name of the model that answers. */
    public String chosen() {
        return chosen;
    }

    /** The median relative error of each model on samples that it was not fitted to, by its name. */
    public Map<String, Double> validationErrors() {
        return validationErrors;
    }

    @Override
    public double roundTripMillis(int from, int to) {
        return model.roundTripMillis(from, to);
    }
}
