package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.DecisionFileException;
import dev.foresail.predictor.decision.DecisionWriter;
import dev.foresail.predictor.node.Decision;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what a live node decides. The node keeps its latest decisions in any case; they are taken from there now and then, so that its
 * event loop has nothing more to do. For one thread, which is none of the node's.
 */
final class LiveDecisions implements AutoCloseable {
    private final Optional<DecisionWriter> writer;
    private long seen;
    private long missed;

    /** @param writer empty when nobody wants to know */
    LiveDecisions(Optional<DecisionWriter> writer) {
        this.writer = writer;
    }

    /** @param latest the node's latest decisions, oldest first */
    void take(List<Decision> latest) {
        writer.ifPresent(out -> {
            for (Decision decision : latest) {
                if (decision.number() > seen) {
                    missed += decision.number() - seen - 1;
                    seen = decision.number();
                    out.decided(decision);
                }
            }
            out.flush();
        });
    }

    /** Whether anybody wants to know. */
    boolean isWanted() {
        return writer.isPresent();
    }

    /** How many were made too quickly one after the other to be kept until they were taken. */
    long missed() {
        return missed;
    }

    @Override
    public void close() {
        writer.ifPresent(DecisionWriter::close);
    }

    /** FS477 when not everything could be written; to be asked once it is closed. */
    Optional<DecisionFileException> failure() {
        return writer.flatMap(DecisionWriter::failure);
    }
}
