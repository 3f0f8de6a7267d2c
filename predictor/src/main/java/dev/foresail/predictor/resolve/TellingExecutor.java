package dev.foresail.predictor.resolve;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.lookahead.Evaluation;
import dev.foresail.predictor.lookahead.Prediction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells an operator what predictions have to say of the objectives, each thing once. Results are handed over on the node's thread, to which the rest belongs too. */
final class TellingExecutor implements PredictionExecutor {
    /** Texts may hold what the author's code throws; no node fills the log with them. */
    private static final int MOST_TOLD = 20;

    private final NodeId self;
    private final PredictionExecutor executor;
    private final Consumer<String> notices;
    private final Set<Evaluation.Notice> told = new HashSet<>();

    TellingExecutor(NodeId self, PredictionExecutor executor, Consumer<String> notices) {
        this.self = self;
        this.executor = executor;
        this.notices = notices;
    }

    @Override
    public <P extends Prediction> void execute(Supplier<P> prediction, Consumer<Optional<P>> whenDone) {
        executor.execute(prediction, made -> {
            made.ifPresent(this::tell);
            whenDone.accept(made);
        });
    }

    @Override
    public long processorNanos() {
        return executor.processorNanos();
    }

    private void tell(Prediction made) {
        if (made instanceof Evaluation evaluation) {
            for (Evaluation.Notice notice : evaluation.notices()) {
                if (told.size() < MOST_TOLD && told.add(notice)) {
                    notices.accept("[" + notice.code() + "] " + self + ": " + notice.text());
                }
            }
        }
    }
}
