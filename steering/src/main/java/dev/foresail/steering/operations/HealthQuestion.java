package dev.foresail.steering.operations;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Whether a node's event loop answers. However many ask, one question at a time waits for a loop that hangs, and those who ask
 * while others wait get the same answer as these. On the event loop of the {@link OperationsServer} only.
 */
// The scheduled task throws nothing.
@SuppressWarnings("FutureReturnValueIgnored")
final class HealthQuestion {
    private static final Answer HEALTHY = Answer.text(HttpResponseStatus.OK, "healthy");

    private final OperatedNode node;
    private final EventExecutor loop;
    private Optional<CompletableFuture<Answer>> awaited = Optional.empty();
    private boolean underWay;

    HealthQuestion(OperatedNode node, EventExecutor loop) {
        this.node = node;
        this.loop = loop;
    }

    /** Done within a second, whatever the node does. */
    CompletableFuture<Answer> ask() {
        if (awaited.isPresent()) {
            return awaited.get();
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        awaited = Optional.of(answer);
        // What waits is let go of, too: a loop may hang for days, and be asked every second.
        loop.schedule(() -> late(answer), RequestHandler.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (!underWay) {
            underWay = true;
            node.answer().whenComplete((answered, thrown) -> loop.execute(() -> answered(Optional.ofNullable(thrown))));
        }
        return answer;
    }

    private void answered(Optional<Throwable> thrown) {
        underWay = false;
        awaited.ifPresent(answer -> {
            awaited = Optional.empty();
            thrown.ifPresentOrElse(answer::completeExceptionally, () -> answer.complete(HEALTHY));
        });
    }

    private void late(CompletableFuture<Answer> answer) {
        if (answer.complete(RequestHandler.LATE)) {
            awaited = Optional.empty();
        }
    }
}
