package dev.foresail.eval.eventcore;

/** A binary heap of two arrays of numbers, which knows of no order among equal times. */
final class BareHeap extends TokenRing {
    private final long[] times;
    private final long[] payloads;
    private int size;
    private long takenAt;

    BareHeap(int nodes) {
        super(nodes);
        times = new long[nodes + 1];
        payloads = new long[nodes + 1];
    }

    @Override
    void add(long atTicks, int node) {
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> 1;
            if (times[parent] <= atTicks) {
                break;
            }
            times[hole] = times[parent];
            payloads[hole] = payloads[parent];
            hole = parent;
        }
        times[hole] = atTicks;
        payloads[hole] = node;
    }

    @Override
    int take() {
        takenAt = times[0];
        long taken = payloads[0];
        int last = --size;
        long time = times[last];
        long payload = payloads[last];
        int hole = 0;
        int child = 1;
        while (child < last) {
            child = child + 1 < last && times[child + 1] < times[child] ? child + 1 : child;
            if (times[child] >= time) {
                break;
            }
            times[hole] = times[child];
            payloads[hole] = payloads[child];
            hole = child;
            child = 2 * hole + 1;
        }
        times[hole] = time;
        payloads[hole] = payload;
        return (int) taken;
    }

    @Override
    long takenAt() {
        return takenAt;
    }
}
