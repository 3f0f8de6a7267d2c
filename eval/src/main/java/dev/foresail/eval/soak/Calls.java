package dev.foresail.eval.soak;

import dev.foresail.choice.NodeId;
import dev.foresail.steering.live.ForesailNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** The application's calls of nodes: each is answered, be it that its node has ended. Thread-safe. */
final class Calls {
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Lets a node join the overlay that {@code known} are in, or hear of more of its nodes. */
    CompletableFuture<Void> join(ForesailNode node, List<NodeId> known) {
        made.incrementAndGet();
        return node.call("joinOverlay", known).whenComplete((done, failure) -> {
            if (failure == null) {
                handled.incrementAndGet();
            } else {
                refused.incrementAndGet();
            }
        });
    }

    long made() {
        return made.get();
    }

    long handled() {
        return handled.get();
    }

    /** Calls that ended otherwise, mostly because their nodes did. */
    long refused() {
        return refused.get();
    }

    /** Calls that nobody has said anything to. */
    long unanswered() {
        long answered = handled.get() + refused.get();
        return made.get() - answered;
    }
}
