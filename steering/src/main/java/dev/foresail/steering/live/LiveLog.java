package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.log.EventRing;
import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.log.LogText;
import dev.foresail.predictor.log.LoggedStep;
import dev.foresail.predictor.log.StepLog;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.node.Host;
import dev.foresail.predictor.node.NodeRuntime;
import dev.foresail.steering.logging.LimitedLog;
import dev.foresail.steering.logging.LogSettings;
import dev.foresail.steering.logging.OneLine;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a live node does, kept in memory and told (decision 071). On the event loop, but for what it hands to others: texts of what is kept are
 * made by whoever wants them.
 */
final class LiveLog<S> {
    /** Of its own, so that what is asked for is seen where little else is. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.foresail.log");

    /** Of what is kept so many go to the log where no file is named. */
    static final int MOST_TOLD = 20;

    /** What is kept is written at most so often. */
    private static final long LEAST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of the texts of an answer, each of which takes at most six bytes of the megabyte that operators' tools read. */
    private static final long MOST_CHARACTERS = 150_000;

    private static final Set<LogLevel> ALL = EnumSet.allOf(LogLevel.class);

    private final LiveParts<S> parts;
    private final NodeId self;
    private final LogSettings settings;
    /** Of its own: a disk that hangs under a log must not keep durable state from being written. Its thread begins with the first task. */
    private final ExecutorService writer;
    /** What is to be written next; at most one, as each holds on to all that is kept. */
    private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();

    private final ObjectWeight<S> weight;
    private final Optional<EventRing> ring;
    private Optional<Long> writtenNanos = Optional.empty();
    private boolean isViolationWritten;
    private Optional<LivePaths> paths = Optional.empty();

    LiveLog(LiveParts<S> parts) {
        this.parts = parts;
        this.self = parts.configuration().self();
        this.settings = parts.configuration().log();
        this.writer = Executors.newSingleThreadExecutor(new DefaultThreadFactory("foresail-" + self + "-log", true));
        this.weight = new ObjectWeight<>(parts.machine());
        this.ring = settings.events() == 0
                ? Optional.empty()
                : Optional.of(new EventRing(self, parts.machine(), settings.events()));
    }

    /** From now on what the node does is kept, and told where that is asked for; before it is started. */
    void follow(NodeRuntime<S> runtime) {
        ring.ifPresent(runtime::listen);
        if (!settings.levels().isEmpty()) {
            runtime.listen(new StepLog<>(
                    new StepLog.Origin<>(self, parts.machine(), runtime::state),
                    new OwnNumbers(),
                    settings.levels().contains(LogLevel.STATE),
                    this::tell));
        }
    }

    /**
     * From now on causal paths are followed; once nobody else has the node's address, as the file is that of one node, but before it is started.
     * Not on the loop. Throws as {@link LivePaths#open}.
     */
    void followPaths(NodeRuntime<S> runtime, Host host, EventLoop loop) {
        long offsetNanos = offsetNanos();
        LongSupplier clock = parts.surroundings().clock();
        paths = LivePaths.open(parts, () -> clock.getAsLong() + offsetNanos, writer);
        // Frames may have come already.
        paths.ifPresent(
                opened -> loop.submit(() -> opened.follow(parts, runtime, host)).syncUninterruptibly());
    }

    /** Events as the node counts them itself. */
    private static final class OwnNumbers implements StepLog.Numbers {
        private long count;

        @Override
        public long current() {
            return ++count;
        }

        @Override
        public Optional<Long> cause(Event event) {
            return Optional.empty();
        }
    }

    /** A frame has come or left. */
    void weighs(Envelope envelope, int frameBytes) {
        if (ring.isPresent() && envelope instanceof Envelope.Payload) {
            ring.get().weighs(frameBytes);
        }
    }

    /** A message that the node sends to itself, so that there is no frame of it. */
    void weighsOwn(Envelope envelope) {
        if (ring.isPresent() && envelope instanceof Envelope.Payload payload) {
            ring.get().weighs(weight.ofMessage(payload.message()));
        }
    }

    /** A call has come. */
    void weighsCall(String name, List<Object> arguments) {
        ring.ifPresent(keeping -> keeping.weighs(weight.ofCall(name, arguments)));
    }

    /** What is kept, oldest first; to be made words by another thread. */
    List<LoggedStep> kept() {
        return ring.map(EventRing::steps).orElse(List.of());
    }

    /** What has to be added to the node's clock to have nanoseconds since 1970. */
    long offsetNanos() {
        return TimeUnit.MILLISECONDS.toNanos(parts.surroundings().epochMillis().getAsLong())
                - parts.surroundings().clock().getAsLong();
    }

    /**
     * A safety property is violated, or would be; when that comes over and over, what is kept is not written each time, and to a file only what
     * led to the first time.
     */
    void violated(String property) {
        if (!isViolationWritten || settings.file().isEmpty()) {
            isViolationWritten = writeUnlessJustNow(property + " would be violated") || isViolationWritten;
        }
    }

    /** Whether it is written. */
    private boolean writeUnlessJustNow(String why) {
        long nowNanos = parts.surroundings().clock().getAsLong();
        boolean isDue = writtenNanos.isEmpty() || nowNanos - writtenNanos.get() >= LEAST_PAUSE_NANOS;
        if (isDue) {
            writtenNanos = Optional.of(nowNanos);
            write(why);
        }
        return isDue;
    }

    /** A handler threw; where handlers may throw over and over, what is kept is not written each time. */
    void failed(Throwable thrown) {
        if (parts.configuration().node().isolateFailures()) {
            writeUnlessJustNow(reason(thrown));
        } else {
            broke(thrown);
        }
    }

    /** The node cannot go on. */
    void broke(Throwable thrown) {
        write(reason(thrown));
    }

    private static String reason(Throwable thrown) {
        return LogText.shown(thrown::toString) + " was thrown";
    }

    /** The node ends: what is under way is written yet. */
    void end() {
        paths.ifPresent(LivePaths::end);
        writer.shutdown();
    }

    /** Waits until what the node had to tell at its end is written; not on the loop. */
    void awaitEnd(long seconds) throws InterruptedException {
        if (!writer.awaitTermination(seconds, TimeUnit.SECONDS)) {
            LOG.warn("{}: what it has done is not written yet", self);
        }
    }

    private void write(String why) {
        List<LoggedStep> steps = kept();
        if (steps.isEmpty()) {
            return;
        }
        long offsetNanos = offsetNanos();
        String reason = OneLine.of(why, LimitedLog.MAX_CHARACTERS);
        Runnable writing = () -> settings.file()
                .ifPresentOrElse(file -> writeTo(file, reason, steps, offsetNanos), () -> tellLatest(reason, steps));
        if (next.getAndSet(writing) != null) {
            return;
        }
        try {
            writer.execute(this::writeNext);
        } catch (RejectedExecutionException ended) {
            LOG.debug("{} has ended", self);
        }
    }

    private void writeNext() {
        Runnable writing = next.getAndSet(null);
        if (writing != null) {
            writing.run();
        }
    }

    private void writeTo(Path file, String why, List<LoggedStep> steps, long offsetNanos) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("foresail-log", 1);
        header.put("protocol", parts.machine().protocol());
        header.put("node", self.value());
        header.put("incarnation", parts.incarnation());
        header.put("why", why);
        try {
            JsonLines.writeFile(file, out -> {
                out.write(JsonLines.write(header) + "\n");
                for (LoggedStep step : steps) {
                    out.write(JsonLines.write(LogText.object(step, offsetNanos, ALL)) + "\n");
                }
            });
            LOG.warn("{}: what it has done before is in {}: {}", self, file, why);
        } catch (IOException failure) {
            LOG.warn("[FS543] {}: what it has done cannot be written to {}: {}", self, file, failure.toString());
        }
    }

    private void tellLatest(String why, List<LoggedStep> steps) {
        LOG.warn("{}: what it has done before, the latest last: {}", self, why);
        long lastNanos = steps.get(steps.size() - 1).atNanos();
        steps.subList(Math.max(0, steps.size() - MOST_TOLD), steps.size())
                .forEach(step -> lines(LogText.time(step.atNanos() - lastNanos), step, ALL)
                        .forEach(LOG::warn));
    }

    private void tell(LoggedStep step) {
        if (LogText.isOfInterest(step, settings.levels())) {
            lines("", step, settings.levels()).forEach(LOG::info);
        }
    }

    private static List<String> lines(String when, LoggedStep step, Set<LogLevel> levels) {
        try {
            return LogText.lines(when, new JsonObject(LogText.object(step, 0, levels))).stream()
                    .map(line -> OneLine.of(line, LimitedLog.MAX_CHARACTERS))
                    .toList();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What is kept, as operators are told it; the answer is made by whoever asks for it. */
    Supplier<Map<String, Object>> answer() {
        List<LoggedStep> steps = kept();
        long offsetNanos = offsetNanos();
        long count = ring.map(EventRing::count).orElse(0L);
        long nowNanos = parts.surroundings().clock().getAsLong() + offsetNanos;
        return () -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("protocol", parts.machine().protocol());
            answer.put("node", self.value());
            answer.put("nowNanos", nowNanos);
            answer.put("count", count);
            answer.put("steps", fitting(steps, offsetNanos));
            return answer;
        };
    }

    /** The latest, as long as their texts together are no longer than an answer may be. */
    private static List<Map<String, Object>> fitting(List<LoggedStep> steps, long offsetNanos) {
        List<Map<String, Object>> fitting = new ArrayList<>();
        long characters = 0;
        for (int index = steps.size() - 1; index >= 0; index--) {
            Map<String, Object> object = LogText.object(steps.get(index), offsetNanos, ALL);
            characters += object.toString().length();
            if (characters > MOST_CHARACTERS) {
                break;
            }
            fitting.add(0, object);
        }
        return fitting;
    }
}
