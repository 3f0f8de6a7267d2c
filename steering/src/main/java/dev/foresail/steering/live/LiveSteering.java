package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.foresight.Danger;
import dev.foresail.predictor.foresight.Outlook;
import dev.foresail.predictor.resolve.PredictionExecutor;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceStep;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.control.Controller;
import dev.foresail.steering.control.EventFilter;
import dev.foresail.steering.control.Experience;
import dev.foresail.steering.control.Intervention;
import dev.foresail.steering.control.LookAhead;
import dev.foresail.steering.control.SteeringSwitch;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.storage.ExperienceStore;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together the steering of a live node, and tells people what it does. On the event loop, but for what it writes. */
final class LiveSteering implements Intervention.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ForesailNode.class);

    private final NodeId self;
    private final NodeStatistics statistics;
    private final Logs logs;
    private final LiveObserver<?> observer;
    private final LongSupplier clock;

    /**
     * Where people are told of interventions, of what is foreseen, and of what peers should not do.
     *
     * @param violated is told the property that an event would violate, before the event is over
     */
    record Logs(LimitedLog interventions, LimitedLog foresights, LimitedLog peers, Consumer<String> violated) {
        static Logs of(EventLoop loop, LiveWarnings warnings, Consumer<String> violated) {
            return new Logs(new LimitedLog(LOG, loop), new LimitedLog(LOG, loop), warnings.log(), violated);
        }
    }

    private LiveSteering(LiveParts<?> parts, NodeStatistics statistics, Logs logs) {
        this.logs = logs;
        this.self = parts.configuration().self();
        this.observer = parts.observer();
        this.clock = parts.surroundings().clock();
        this.statistics = statistics;
    }

    /**
     * @param predictions where the node looks ahead
     * @param writer where bad paths are kept
     * @param isOver whether a look ahead is to end with what it has
     */
    static <S> SteeringSwitch<S> of(
            LiveParts<S> parts,
            PredictionExecutor predictions,
            Executor writer,
            BooleanSupplier isOver,
            NodeStatistics statistics,
            Logs logs) {
        NodeConfiguration configuration = parts.configuration();
        Controller.Parts<S> steering = new Controller.Parts<>(
                new Outlook<>(
                        parts.machine(),
                        ParameterValues.read(parts.machine().parameters(), configuration.parameters()),
                        configuration.steering().assumptions()),
                configuration.self(),
                predictions,
                new SearchResources(
                        Runnable::run,
                        parts.surroundings().clock(),
                        () -> 0,
                        isOver,
                        (depth, worlds, transitions, frontier) -> {}),
                experience(configuration, writer),
                configuration.security().isEmpty(),
                new LiveSteering(parts, statistics, logs));
        return new SteeringSwitch<>(
                configuration.steering().mode(),
                mode -> Controller.of(steering, configuration.steering().with(mode)));
    }

    private static Experience experience(NodeConfiguration configuration, Executor writer) {
        Optional<ExperienceStore> store = configuration.storage().map(ExperienceStore::besides);
        return store.map(there -> new Experience(there.load(), new Keeper(there, writer)))
                .orElseGet(Experience::none);
    }

    /** Writes the latest that is known; what was not written yet when there is news is not written at all. */
    private record Keeper(ExperienceStore store, Executor writer, AtomicReference<List<Trace>> waiting)
            implements Consumer<List<Trace>> {
        Keeper(ExperienceStore store, Executor writer) {
            this(store, writer, new AtomicReference<>(List.of()));
        }

        @Override
        public void accept(List<Trace> traces) {
            if (!waiting.getAndSet(traces).isEmpty()) {
                return;
            }
            try {
                writer.execute(this::write);
            } catch (RejectedExecutionException ended) {
                LOG.debug("the node has ended");
            }
        }

        private void write() {
            try {
                store.save(waiting.getAndSet(List.of()));
            } catch (NodeException failure) {
                LOG.warn("[{}] {}", failure.code(), failure.getMessage());
            }
        }
    }

    @Override
    public void intervened(Intervention intervention) {
        statistics.intervened(intervention);
        logs.violated().accept(intervention.property());
        observer.intervened(intervention, clock.getAsLong());
        logs.interventions()
                .warn(
                        "FS301",
                        () -> self + ": " + intervention.handler() + " on " + intervention.event() + " would violate "
                                + intervention.property() + " ("
                                + intervention.kind().label() + ")"
                                + (intervention.steered() ? "; kept it from having effect" : "; only observed"));
    }

    @Override
    public void foreseen(Danger danger) {
        logs.foresights()
                .warn(
                        "FS303",
                        () -> self + " foresees that " + danger.property() + " is violated"
                                + danger.advisor()
                                        .map(peer -> ", as " + peer + " has told")
                                        .orElse("") + ": "
                                + way(danger));
    }

    @Override
    public void possible(Danger danger) {
        logs.foresights()
                .warn(
                        "FS350",
                        () -> self + ": " + danger.property()
                                + " may come to be violated if nodes that it does not know answer as others did: "
                                + way(danger));
    }

    private static String way(Danger danger) {
        return danger.trace().steps().stream()
                .map(TraceStep::happening)
                .map(TraceStep.Happening::text)
                .collect(Collectors.joining("; "));
    }

    @Override
    public void unanswered(RuntimeException failure) {
        logs.foresights().error("FS152", () -> self + ": looking ahead for violations failed", failure);
    }

    @Override
    public void lookedAhead(LookAhead round) {
        statistics.lookedAhead(round);
        observer.lookedAhead(self, round);
    }

    @Override
    public void told(NodeId peer, Danger danger) {
        statistics.lookingAhead().told();
    }

    @Override
    public void advised(NodeId peer) {
        statistics.lookingAhead().advised();
    }

    @Override
    public void adviceRefused(NodeId peer, String reason) {
        statistics.lookingAhead().refused();
        logs.peers()
                .warnOnce(
                        "FS304",
                        peer,
                        () -> self + ": " + peer + " advises of no path that this node could go along: " + reason);
    }

    @Override
    public void adviceLimited(NodeId peer) {
        statistics.lookingAhead().refused();
        logs.peers()
                .warnOnce(
                        "FS305",
                        peer,
                        () -> self + ": " + peer
                                + " advises more often in a minute than a peer may; ignored what is beyond");
    }

    @Override
    public void installed(EventFilter filter) {
        statistics.filterInstalled();
    }
}
