package dev.foresail.eval.coordinates;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Relative errors over many pairs.
 *
 * @param median NaN without pairs, as the 90th percentile
 * @param pairs how many there are
 */
record PairErrors(double median, double p90, int pairs) {
    /** Sorts what it is given. */
    static PairErrors of(double[] errors) {
        if (errors.length == 0) {
            return new PairErrors(Double.NaN, Double.NaN, 0);
        }
        Arrays.sort(errors);
        return new PairErrors(errors[errors.length / 2], errors[(int) (errors.length * 0.9)], errors.length);
    }

    /** The means over runs, each of which counts the same. */
    static PairErrors mean(List<PairErrors> runs) {
        return new PairErrors(
                runs.stream().mapToDouble(PairErrors::median).average().orElse(Double.NaN),
                runs.stream().mapToDouble(PairErrors::p90).average().orElse(Double.NaN),
                runs.stream().mapToInt(PairErrors::pairs).sum());
    }

    Map<String, Object> described() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("median", median);
        described.put("p90", p90);
        described.put("pairs", pairs);
        return described;
    }
}
