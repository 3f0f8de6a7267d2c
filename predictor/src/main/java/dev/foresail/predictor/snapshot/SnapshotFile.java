package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.predictor.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes and reads snapshots: JSON lines, the first is the header, then one for every node. docs/snapshots.md names the
 * fields. Stateless.
 */
public final class SnapshotFile {
    /** The version of the format that is written and read. */
    public static final int FORMAT_VERSION = 1;

    private static final String MARK = "foresail-snapshot";

    private SnapshotFile() {}

    /** Writes the snapshot; leaves {@code out} open. */
    public static <S> void write(Machine<S> machine, SystemSnapshot<S> snapshot, Writer out) throws IOException {
        NodeLines<S> lines = new NodeLines<>(machine, snapshot.nowNanos());
        out.write(JsonLines.write(header(machine, snapshot)) + "\n");
        for (SystemSnapshot.Known<S> node : snapshot.nodes().values()) {
            out.write(JsonLines.write(lines.write(node)) + "\n");
        }
        out.flush();
    }

    /**
     * Writes the snapshot to a file that is there as a whole or not at all.
     *
     * @throws SnapshotException FS248 when that fails
     */
    public static <S> void write(Machine<S> machine, SystemSnapshot<S> snapshot, Path file) {
        try {
            JsonLines.writeFile(file, out -> write(machine, snapshot, out));
        } catch (IOException failure) {
            throw new SnapshotException("FS248", "cannot write " + file + ": " + failure, failure);
        }
    }

    /**
     * Reads a snapshot from a file.
     *
     * @throws SnapshotException FS248 when the file cannot be read, and as {@link #read(Machine, Reader)}
     */
    public static <S> SystemSnapshot<S> read(Machine<S> machine, Path file) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(machine, in);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /**
     * The SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.
     *
     * @throws SnapshotException FS248 when the file cannot be read
     */
    public static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            throw unreadable(file, failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static SnapshotException unreadable(Path file, IOException failure) {
        return new SnapshotException(
                "FS248",
                "cannot read the snapshot " + file + ": " + failure
                        + "; name the file with --snapshot where it has moved",
                failure);
    }

    /**
     * Reads a snapshot; leaves {@code in} open.
     *
     * @throws SnapshotException FS243 when it is no snapshot, FS244 when it is cut short, FS245 when it has another format,
     *     FS246 and FS247 when it is of another protocol or of another version of it
     */
    public static <S> SystemSnapshot<S> read(Machine<S> machine, Reader in) throws IOException {
        BufferedReader text = new BufferedReader(in);
        Header header = parse(1, JsonLines.nextLine(text), object -> header(machine, object));
        NodeLines<S> lines = new NodeLines<>(machine, header.nowNanos());
        SortedMap<NodeId, SystemSnapshot.Known<S>> nodes = new TreeMap<>();
        for (String line = JsonLines.nextLine(text); !line.isEmpty(); line = JsonLines.nextLine(text)) {
            int number = nodes.size() + 2;
            SystemSnapshot.Known<S> node = parse(number, line, lines::read);
            NodeId id = node.checkpoint().node();
            if (!nodes.isEmpty() && nodes.lastKey().compareTo(id) >= 0) {
                throw new SnapshotException(
                        "FS243", "line " + number + " is of node " + id + ", after that of " + nodes.lastKey());
            }
            nodes.put(id, node);
        }
        if (nodes.size() != header.nodes()) {
            boolean cutShort = nodes.size() < header.nodes();
            throw new SnapshotException(
                    cutShort ? "FS244" : "FS243",
                    "the snapshot " + (cutShort ? "is cut short" : "is none of Foresail") + ": it has " + nodes.size()
                            + " nodes, but says " + header.nodes());
        }
        return new SystemSnapshot<>(header.nowNanos(), nodes);
    }

    private static <T> T parse(int line, String text, JsonLines.Parser<T> parser) {
        try {
            return JsonLines.parse(text, parser);
        } catch (DamagedLineException damaged) {
            if (damaged.isCutShort()) {
                throw new SnapshotException("FS244", "the snapshot is cut short in line " + line, damaged);
            }
            throw new SnapshotException(
                    "FS243", "line " + line + " is none of a snapshot: " + damaged.getMessage(), damaged);
        }
    }

    private record Header(long nowNanos, int nodes) {}

    private static Map<String, Object> header(Machine<?> machine, SystemSnapshot<?> snapshot) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(MARK, FORMAT_VERSION);
        object.put("protocol", machine.protocol());
        object.put("schema", schema(machine));
        object.put("nowNanos", snapshot.nowNanos());
        object.put("nodes", snapshot.nodes().size());
        return object;
    }

    private static String schema(Machine<?> machine) {
        return "%016x".formatted(machine.schema());
    }

    private static Header header(Machine<?> machine, JsonObject object) throws IOException {
        int version = object.number(MARK, 0);
        if (version != FORMAT_VERSION) {
            throw new SnapshotException(
                    "FS245",
                    "the snapshot has the format " + version + ", this Foresail reads format " + FORMAT_VERSION);
        }
        String protocol = object.text("protocol");
        if (!protocol.equals(machine.protocol())) {
            throw new SnapshotException(
                    "FS246", "the snapshot is of the protocol '" + protocol + "', not of '" + machine.protocol() + "'");
        }
        String schema = object.text("schema");
        if (!schema.equals(schema(machine))) {
            throw new SnapshotException(
                    "FS247",
                    "the snapshot was recorded with another version of " + protocol + ": the schema was " + schema
                            + " and is " + schema(machine) + "; record it anew, or use the version of then");
        }
        return new Header(object.whole("nowNanos"), object.number("nodes", 1));
    }
}
