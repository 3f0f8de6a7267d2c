package dev.foresail.eval.steering;

import dev.foresail.eval.steering.VectorClocks.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Every value that a node has learnt to be chosen, ever; nothing is taken back. Two learners that decide differently are a
 * violation, of the later one: knowable when what it contradicts had happened before it, so that steering could have known.
 * Not thread-safe.
 */
final class LearningHistory {
    private final List<Learning> learnings = new ArrayList<>();
    private int knowable;
    private int unknowable;

    private record Learning(int value, Stamp stamp) {}

    void learnt(int value, Stamp stamp) {
        List<Learning> contradicted =
                learnings.stream().filter(earlier -> earlier.value() != value).toList();
        if (contradicted.stream().anyMatch(earlier -> stamp.isAfter(earlier.stamp()))) {
            knowable++;
        } else if (!contradicted.isEmpty()) {
            unknowable++;
        }
        learnings.add(new Learning(value, stamp));
    }

    int knowable() {
        return knowable;
    }

    int unknowable() {
        return unknowable;
    }
}
