package dev.foresail.steering.live;

import dev.foresail.predictor.node.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The latest decisions of a node. One writer, the node's event loop; readable from any thread; nobody waits. */
final class DecisionLog {
    static final int CAPACITY = 4096;

    private final AtomicReferenceArray<Decision> slots = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong written = new AtomicLong();

    /** Takes the decision that bears the next number. */
    void add(Decision decision) {
        long index = written.get();
        slots.lazySet((int) (index % CAPACITY), decision);
        written.lazySet(index + 1);
    }

    /** The latest decisions, oldest first; those that are overwritten meanwhile are left out. */
    List<Decision> latest() {
        long end = written.get();
        List<Decision> latest = new ArrayList<>();
        for (long index = Math.max(0, end - CAPACITY); index < end; index++) {
            Decision decision = slots.get((int) (index % CAPACITY));
            if (decision != null && decision.number() == index + 1) {
                latest.add(decision);
            }
        }
        return latest;
    }

    /** How many decisions are not kept any more. */
    long dropped() {
        return Math.max(0, written.get() - CAPACITY);
    }
}
