package dev.foresail.network.coordinate;

import java.util.ArrayList;
import java.util.List;

/** Samples by node: of every node those from it, a pair measured in one direction counting for both. Immutable. */
final class SampleTable {
    private final List<List<PairSample>> from = new ArrayList<>();

    SampleTable(int nodes, List<PairSample> samples) {
        for (int node = 0; node < nodes; node++) {
            from.add(new ArrayList<>());
        }
        samples.forEach(this::check);
        samples.forEach(sample -> from.get(sample.from()).add(sample));
        for (PairSample sample : samples) {
            boolean hasOther = from.get(sample.to()).stream().anyMatch(other -> other.to() == sample.from());
            if (!hasOther) {
                from.get(sample.to()).add(sample.reversed());
            }
        }
    }

    private SampleTable(SampleTable original) {
        for (int node = 0; node < original.nodes(); node++) {
            from.add(new ArrayList<>());
        }
        original.from.forEach(row -> row.forEach(sample -> from.get(sample.to()).add(sample.reversed())));
    }

    /** The same samples by where they go to: each one turned round. */
    SampleTable reversed() {
        return new SampleTable(this);
    }

    private void check(PairSample sample) {
        if (Math.max(sample.from(), sample.to()) >= from.size()) {
            throw new IllegalArgumentException(sample + " is not of " + from.size() + " nodes");
        }
    }

    int nodes() {
        return from.size();
    }

    /** The samples from a node, to others. */
    List<PairSample> from(int node) {
        return from.get(node);
    }

    /** How many samples the node has that has most. */
    int most() {
        return from.stream().mapToInt(List::size).max().orElse(0);
    }

    /** The mean of all samples; 1 without any. */
    double meanMillis() {
        return from.stream()
                .flatMap(List::stream)
                .mapToDouble(PairSample::roundTripMillis)
                .average()
                .orElse(1);
    }
}
