package dev.foresail.predictor.explore;

import java.util.Arrays;

/**
 * The new worlds of a round, in the order in which a single worker would have met them: by the world that they come from,
 * then by step. Not thread-safe.
 */
final class Arrivals {
    private long[] origins = new long[256];
    private int[] places = new int[256];
    private int size;

    int size() {
        return size;
    }

    /** The world, counted within the round, that it comes from. */
    int parent(int index) {
        return (int) (origins[index] >>> 32);
    }

    int step(int index) {
        return (int) origins[index];
    }

    /**
     * Takes what the partitions have accepted.
     *
     * @param worlds how many worlds the round has expanded
     */
    void collect(Partition[] partitions, int worlds) {
        size = Arrays.stream(partitions).mapToInt(Partition::acceptedCount).sum();
        if (origins.length < size) {
            origins = new long[Math.max(size, origins.length * 2)];
        }
        if (places.length < worlds + 1) {
            places = new int[worlds + 1];
        }
        Arrays.fill(places, 0, worlds + 1, 0);
        for (Partition partition : partitions) {
            long[] accepted = partition.accepted();
            for (int index = 0; index < partition.acceptedCount(); index++) {
                places[(int) (accepted[index] >>> 32) + 1]++;
            }
        }
        for (int world = 0; world < worlds; world++) {
            places[world + 1] += places[world];
        }
        for (Partition partition : partitions) {
            long[] accepted = partition.accepted();
            for (int index = 0; index < partition.acceptedCount(); index++) {
                origins[places[(int) (accepted[index] >>> 32)]++] = accepted[index];
            }
        }
        sortSteps();
    }

    /** Those of one world come from different partitions; there are few of them. */
    private void sortSteps() {
        for (int index = 1; index < size; index++) {
            long origin = origins[index];
            int place = index;
            while (place > 0 && origins[place - 1] > origin) {
                origins[place] = origins[place - 1];
                place--;
            }
            origins[place] = origin;
        }
    }
}
