package dev.foresail.steering.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The application's calls that are under way, in order: a node handles them one after the other. On the event loop only. */
final class PendingCalls {
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Set<Pending> unfinished = new LinkedHashSet<>();

    private static final class Pending {
        final CompletableFuture<Void> done;
        Optional<RuntimeException> failure = Optional.empty();

        Pending(CompletableFuture<Void> done) {
            this.done = done;
        }
    }

    void add(CompletableFuture<Void> done) {
        Pending added = new Pending(done);
        pending.addLast(added);
        unfinished.add(added);
    }

    /** The latest call was refused before it became an event. */
    void refused(RuntimeException why) {
        Pending last = pending.removeLast();
        last.failure = Optional.of(why);
        finish(last);
    }

    /** The handler of the first call threw, or there is none. */
    void failed(RuntimeException failure) {
        if (!pending.isEmpty()) {
            pending.element().failure = Optional.of(failure);
        }
    }

    /** The first call is over; what is returned tells the application. */
    Runnable handled() {
        Pending first = pending.pollFirst();
        if (first == null) {
            return () -> {};
        }
        return () -> finish(first);
    }

    private void finish(Pending call) {
        unfinished.remove(call);
        call.failure.ifPresentOrElse(call.done::completeExceptionally, () -> call.done.complete(null));
    }

    /** The node has ended. */
    void endAll(RuntimeException reason) {
        pending.clear();
        for (Pending call : unfinished) {
            call.done.completeExceptionally(call.failure.orElse(reason));
        }
        unfinished.clear();
    }
}
