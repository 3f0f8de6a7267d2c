package dev.foresail.predictor.node;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a node keeps its model of the neighbourhood.
 *
 * @param minimumGatherInterval the least time between two rounds of gathering checkpoints
 * @param exportInterval the least time between two exports of aggregates to the same peer
 * @param gatherTimeout when a round ends without the missing answers
 * @param checkpointQuota how many own checkpoints are kept, at least 1
 * @param parkedLimit how many events may wait behind a parked one on a channel; beyond, the choice falls back at once
 * @param postponement how much later a timer fires that {@link Steering} turned away
 * @param checkpointBytesPerSecond how much a node may send for gathering checkpoints, at least 1
 * @param isolateFailures what a handler that throws does: true undoes the step and goes on, false ends the node
 * @param measuresCalls whether a node measures how often its application asks for what, and tells with its checkpoints, so that predictions go on
 *     with it
 * @param answersAtOnce whether predictions rest on each neighbour's checkpoint as soon as it comes; else on those of rounds that have ended
 */
public record NodeSettings(
        Duration minimumGatherInterval,
        Duration exportInterval,
        Duration gatherTimeout,
        int checkpointQuota,
        int parkedLimit,
        Duration postponement,
        int checkpointBytesPerSecond,
        boolean isolateFailures,
        boolean measuresCalls,
        boolean answersAtOnce) {
    public static final NodeSettings DEFAULT = new NodeSettings(
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            8,
            1024,
            Duration.ofSeconds(1),
            64 * 1024,
            false,
            false,
            false);

    public NodeSettings {
        if (checkpointQuota < 1 || parkedLimit < 1 || checkpointBytesPerSecond < 1) {
            throw new IllegalArgumentException("quota, limit and bytes per second are at least 1");
        }
    }

    public NodeSettings withMinimumGatherInterval(Duration interval) {
        return changed(draft -> draft.minimumGatherInterval = interval);
    }

    public NodeSettings withExportInterval(Duration interval) {
        return changed(draft -> draft.exportInterval = interval);
    }

    public NodeSettings withGatherTimeout(Duration timeout) {
        return changed(draft -> draft.gatherTimeout = timeout);
    }

    public NodeSettings withCheckpointQuota(int quota) {
        return changed(draft -> draft.checkpointQuota = quota);
    }

    public NodeSettings withParkedLimit(int limit) {
        return changed(draft -> draft.parkedLimit = limit);
    }

    public NodeSettings withCheckpointBytesPerSecond(int bytes) {
        return changed(draft -> draft.checkpointBytesPerSecond = bytes);
    }

    public NodeSettings withIsolateFailures(boolean isolate) {
        return changed(draft -> draft.isolateFailures = isolate);
    }

    /** The same of a node that measures calls, or does not. */
    public NodeSettings withMeasuredCalls(boolean measured) {
        return changed(draft -> draft.measuresCalls = measured);
    }

    /** The same of a node whose predictions rest on answers as they come, or do not. */
    public NodeSettings withAnswersAtOnce(boolean atOnce) {
        return changed(draft -> draft.answersAtOnce = atOnce);
    }

    private NodeSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings that are being changed, so that a new one is named in one place here and not in each method. */
    private static final class Draft {
        private Duration minimumGatherInterval;
        private Duration exportInterval;
        private Duration gatherTimeout;
        private int checkpointQuota;
        private int parkedLimit;
        private final Duration postponement;
        private int checkpointBytesPerSecond;
        private boolean isolateFailures;
        private boolean measuresCalls;
        private boolean answersAtOnce;

        Draft(NodeSettings from) {
            minimumGatherInterval = from.minimumGatherInterval;
            exportInterval = from.exportInterval;
            gatherTimeout = from.gatherTimeout;
            checkpointQuota = from.checkpointQuota;
            parkedLimit = from.parkedLimit;
            postponement = from.postponement;
            checkpointBytesPerSecond = from.checkpointBytesPerSecond;
            isolateFailures = from.isolateFailures;
            measuresCalls = from.measuresCalls;
            answersAtOnce = from.answersAtOnce;
        }

        NodeSettings settings() {
            return new NodeSettings(
                    minimumGatherInterval,
                    exportInterval,
                    gatherTimeout,
                    checkpointQuota,
                    parkedLimit,
                    postponement,
                    checkpointBytesPerSecond,
                    isolateFailures,
                    measuresCalls,
                    answersAtOnce);
        }
    }
}
