package dev.foresail.predictor.decision;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Decision;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a file of decisions, line by line. Once a line could not be written nothing more is, and {@link #failure} tells: whoever decides is not to be
 * kept from it by a full disk, nor by an author's text that cannot be had. For one thread at a time.
 */
public final class DecisionWriter implements AutoCloseable {
    private final Path file;
    private final Writer out;
    private final Map<NodeId, Long> taken = new HashMap<>();
    private Optional<IOException> failure = Optional.empty();

    private DecisionWriter(Path file, Writer out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Begins a file, in the place of what may be there.
     *
     * @throws DecisionFileException FS477 when that is not possible
     */
    public static DecisionWriter create(Path file, DecisionFile.Header header) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            DecisionWriter writer = new DecisionWriter(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
            writer.write(() -> DecisionFile.header(header));
            return writer;
        } catch (IOException failed) {
            throw refusal(file, failed);
        }
    }

    /**
     * A decision was taken.
     *
     * @return its number in this file: a node that begins anew counts from 1 again, here it does not
     */
    public long decided(Decision decision) {
        long number = taken.merge(decision.node(), 1L, Long::sum);
        write(() -> DecisionFile.line(decision, number));
        return number;
    }

    /** What became of one is known. */
    public void became(NodeId node, long number, KeptDecision.Outcome outcome) {
        write(() -> DecisionFile.line(node, number, outcome));
    }

    @FunctionalInterface
    private interface Line {
        String text() throws IOException;
    }

    private void write(Line line) {
        if (failure.isPresent()) {
            return;
        }
        try {
            out.write(line.text());
        } catch (IOException failed) {
            failure = Optional.of(failed);
        } catch (RuntimeException thrown) {
            // An author's toString: a mistake in it is none of the handler that decides.
            failure = Optional.of(new IOException("the text of a decision cannot be had: " + thrown, thrown));
        }
    }

    /** Hands over to the system what there is, for whoever reads meanwhile. */
    public void flush() {
        if (failure.isEmpty()) {
            try {
                out.flush();
            } catch (IOException failed) {
                failure = Optional.of(failed);
            }
        }
    }

    /** Ends the file; whether all is in it is told by {@link #failure}, so that what was run has its own end. */
    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException failed) {
            failure = failure.or(() -> Optional.of(failed));
        }
    }

    /** FS477 when not everything could be written; to be asked once it is closed. */
    public Optional<DecisionFileException> failure() {
        return failure.map(failed -> refusal(file, failed));
    }

    private static DecisionFileException refusal(Path file, IOException failed) {
        return new DecisionFileException(
                "FS477",
                "decisions cannot be written to " + file + ": "
                        + (Files.isDirectory(file) ? "it is a directory" : failed.toString()));
    }
}
