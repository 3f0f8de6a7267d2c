package dev.foresail.network.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Latencies out of a dense matrix; bandwidth is unlimited, nothing is lost. Immutable and thread-safe. */
public final class MatrixTopology implements Topology {
    private final long[][] latencyNanos;
    private final List<String> names;

    /**
     * Copies a square matrix of one-way latencies.
     *
     * @param latencyNanos rows are senders, columns receivers; not negative; the diagonal is taken as 0
     * @param names one per endpoint, or empty: then they are called "0", "1", ...
     * @throws IllegalArgumentException when the matrix is empty, not square or has a negative value, or names are too few
     */
    public MatrixTopology(long[][] latencyNanos, List<String> names) {
        int size = latencyNanos.length;
        if (size == 0 || (!names.isEmpty() && names.size() != size)) {
            throw new IllegalArgumentException("a matrix of " + size + " rows with " + names.size() + " names");
        }
        this.latencyNanos = new long[size][];
        for (int from = 0; from < size; from++) {
            this.latencyNanos[from] = checkedRow(latencyNanos[from], from, size);
        }
        this.names = names.isEmpty() ? numbers(size) : List.copyOf(names);
    }

    public MatrixTopology(long[][] latencyNanos) {
        this(latencyNanos, List.of());
    }

    private static long[] checkedRow(long[] row, int from, int size) {
        if (row.length != size) {
            throw new IllegalArgumentException("row " + from + " has " + row.length + " values, expected " + size);
        }
        long[] copy = row.clone();
        copy[from] = 0;
        for (int to = 0; to < size; to++) {
            if (copy[to] < 0) {
                throw new IllegalArgumentException("negative latency " + copy[to] + " from " + from + " to " + to);
            }
        }
        return copy;
    }

    private static List<String> numbers(int size) {
        List<String> numbers = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            numbers.add(Integer.toString(i));
        }
        return List.copyOf(numbers);
    }

    /** One name per endpoint. */
    public List<String> names() {
        return names;
    }

    @Override
    public int size() {
        return latencyNanos.length;
    }

    @Override
    public long latencyNanos(int from, int to) {
        return latencyNanos[from][to];
    }

    @Override
    public double bandwidthBytesPerSecond(int from, int to) {
        checkIndices(from, to);
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double lossProbability(int from, int to) {
        checkIndices(from, to);
        return 0;
    }

    @Override
    public Regions regions() {
        return Regions.each(this);
    }

    private void checkIndices(int from, int to) {
        Objects.checkIndex(from, size());
        Objects.checkIndex(to, size());
    }
}
