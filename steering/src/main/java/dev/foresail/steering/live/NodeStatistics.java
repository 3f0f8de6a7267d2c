package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Decision;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.ExplorationCost;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.LookAhead;
import dev.foresail.steering.wire.CheckpointTraffic;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** What a node has done so far. Written by its event loop, readable from any thread. */
public final class NodeStatistics {
    private final DecisionLog decisions = new DecisionLog();
    private final LatencyHistogram knownLatency = new LatencyHistogram();
    private final LatencyHistogram loopGaps = new LatencyHistogram();
    private final OneWriterCount messagesSent = new OneWriterCount();
    private final OneWriterCount envelopesSent = new OneWriterCount();
    private final OneWriterCount eventsHandled = new OneWriterCount();
    private final OneWriterCount eventsTurnedAway = new OneWriterCount();
    private final SentBytes sentBytes = new SentBytes();
    private final OneWriterCount checkpointsLimited = new OneWriterCount();
    private final OneWriterCount checkpointsHeldBack = new OneWriterCount();
    private final OneWriterCount checkpointsDoubted = new OneWriterCount();
    private final CheckpointTraffic checkpointTraffic = new CheckpointTraffic();
    private final LookAheadFigures lookingAhead = new LookAheadFigures();
    private final OneWriterCount handlersThatThrew = new OneWriterCount();
    private final InterventionLog interventions = new InterventionLog();
    private volatile SortedSet<NodeId> suspectedPeers = Collections.emptySortedSet();
    private volatile DecisionCounts counts = DecisionCounts.NONE;
    private volatile ExplorationCost exploration = ExplorationCost.NONE;
    private volatile long longestLoopGapNanos;

    void sent(Envelope envelope) {
        envelopesSent.add(1);
        if (envelope instanceof Envelope.Payload) {
            messagesSent.add(1);
        }
    }

    void sent(Envelope envelope, int frameBytes) {
        sentBytes.add(envelope, frameBytes);
    }

    void checkpointsLimited() {
        checkpointsLimited.add(1);
    }

    void checkpointsHeldBack() {
        checkpointsHeldBack.add(1);
    }

    void checkpointsDoubted() {
        checkpointsDoubted.add(1);
    }

    void turnedAway() {
        eventsTurnedAway.add(1);
    }

    void intervened(Intervention intervention) {
        interventions.add(intervention);
    }

    void lookedAhead(LookAhead round) {
        lookingAhead.add(round);
    }

    void filterInstalled() {
        lookingAhead.installed();
    }

    /** What looking ahead for violations has come to. */
    public LookAheadFigures lookingAhead() {
        return lookingAhead;
    }

    void suspects(SortedSet<NodeId> peers) {
        suspectedPeers = peers;
    }

    /** Whom the failure detector suspects now; empty where there is none. */
    public SortedSet<NodeId> suspectedPeers() {
        return suspectedPeers;
    }

    void handled() {
        eventsHandled.add(1);
    }

    void threw() {
        handlersThatThrew.add(1);
    }

    void decided(Decision decision, long latencyNanos) {
        decisions.add(decision);
        counts = counts.plus(decision.source());
        exploration = exploration.plus(decision);
        if (decision.source() == Decision.Source.CACHED && !decision.waited()) {
            knownLatency.record(latencyNanos);
        }
    }

    void loopGap(long nanos) {
        longestLoopGapNanos = Math.max(longestLoopGapNanos, nanos);
        loopGaps.record(nanos);
    }

    /** The latest interventions of steering, oldest first. */
    public List<PastIntervention> interventions() {
        return interventions.latest();
    }

    /** How many interventions there were because of a property, those that are not kept any more too. */
    public long interventions(String property, boolean steered) {
        return interventions.count(property, steered);
    }

    /** How many events steering has kept from having effect. */
    public long eventsTurnedAway() {
        return eventsTurnedAway.get();
    }

    public CheckpointTraffic checkpointTraffic() {
        return checkpointTraffic;
    }

    /** How many checkpoints peers have asked for, or forced, beyond what a peer may. */
    public long limitedCheckpoints() {
        return checkpointsLimited.get();
    }

    /** How many rounds of gathering checkpoints, and answers to peers' rounds, had to wait for the budget. */
    public long heldBackCheckpoints() {
        return checkpointsHeldBack.get();
    }

    /** How many checkpoints of peers were ignored because they cannot be. */
    public long doubtedCheckpoints() {
        return checkpointsDoubted.get();
    }

    /** How many interventions there were, those that are not kept any more too. */
    public long interventionCount() {
        return interventions.count();
    }

    /** The latest decisions, oldest first. */
    public List<Decision> decisions() {
        return decisions.latest();
    }

    /** How many decisions were made that {@link #decisions} does not have any more. */
    public long decisionsDropped() {
        return decisions.dropped();
    }

    public DecisionCounts decisionCounts() {
        return counts;
    }

    /** What exploring has cost, by what was predicted. */
    public ExplorationCost explorationCost() {
        return exploration;
    }

    /** From the first look at the event to the decision, where the alternatives' values were known at that look. */
    public LatencyHistogram knownLatency() {
        return knownLatency;
    }

    /** Messages of the protocol. */
    public long messagesSent() {
        return messagesSent.get();
    }

    /** Messages of the protocol and of the runtime. */
    public long envelopesSent() {
        return envelopesSent.get();
    }

    /**
     * The bytes of the frames to other nodes, with their lengths, before TLS; by the simple name of the envelope's class, such as
     * {@code CheckpointAnswer}.
     */
    public SortedMap<String, Long> bytesSent() {
        return sentBytes.byKind();
    }

    /** Of these, what was sent of checkpoints: requests, answers and refusals. */
    public long checkpointBytesSent() {
        return sentBytes.of(
                Envelope.CheckpointRequest.class, Envelope.CheckpointAnswer.class, Envelope.CheckpointRefused.class);
    }

    public long eventsHandled() {
        return eventsHandled.get();
    }

    /** How many runs of handlers were given up because they threw. */
    public long handlersThatThrew() {
        return handlersThatThrew.get();
    }

    /** How late the event loop got to its regular tick, every time. */
    public LatencyHistogram loopGaps() {
        return loopGaps;
    }

    /** The longest time that the event loop did not get to what was due. */
    public Duration longestLoopGap() {
        return Duration.ofNanos(longestLoopGapNanos);
    }
}
