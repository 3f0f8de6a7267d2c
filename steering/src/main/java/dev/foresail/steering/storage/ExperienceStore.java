package dev.foresail.steering.storage;

import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceException;
import dev.foresail.predictor.trace.TraceFile;
import dev.foresail.steering.failure.NodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the bad paths that a node knows in a directory, a trace each, so that a restarted node knows them too, and so that
 * people can look at them. Not thread-safe.
 */
public final class ExperienceStore {
    private static final Logger LOG = LoggerFactory.getLogger(ExperienceStore.class);
    private static final int MOST = 100;

    private final Path directory;

    private ExperienceStore(Path directory) {
        this.directory = directory;
    }

    /** The one that goes with a node's file of durable state. */
    public static ExperienceStore besides(Path state) {
        return new ExperienceStore(state.resolveSibling(state.getFileName() + ".paths"));
    }

    /** What is kept, the oldest first; a file that cannot be read is left out, and logged (FS302). */
    public List<Trace> load() {
        List<Trace> traces = new ArrayList<>();
        for (int number = 1; number <= MOST && Files.exists(file(number)); number++) {
            try {
                traces.add(TraceFile.read(file(number)));
            } catch (TraceException unusable) {
                LOG.warn("[FS302] {} is left out: {}", file(number), unusable.getMessage());
            }
        }
        return traces;
    }

    /**
     * Keeps these and no others.
     *
     * @throws NodeException FS211 when that fails
     */
    public void save(List<Trace> traces) {
        try {
            Files.createDirectories(directory);
            int number = 0;
            for (Trace trace : traces) {
                TraceFile.write(trace, file(++number));
            }
            for (int gone = number + 1; Files.deleteIfExists(file(gone)); gone++) {
                LOG.debug("{} is gone", file(gone));
            }
        } catch (IOException | TraceException failure) {
            throw new NodeException("FS211", "cannot write to " + directory + ": " + failure, failure);
        }
    }

    private Path file(int number) {
        return directory.resolve(String.format(Locale.ROOT, "%03d.jsonl", number));
    }
}
