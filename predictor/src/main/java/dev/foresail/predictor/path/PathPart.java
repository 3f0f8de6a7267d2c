package dev.foresail.predictor.path;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A file that grows, of what one live node tells of paths: as {@link PathFile} reads it at any time, whatever has become of the node. A later start
 * of the node goes on with the file. Not thread-safe.
 */
public final class PathPart implements AutoCloseable {
    /** Of a file, so that it does not fill the disk. */
    public static final long MOST_BYTES = 256L << 20;

    private final Path file;
    private final RandomAccessFile out;
    private final long mostBytes;
    /** Where the next event goes: what stands there says how far this start of the node has come, and is written over. */
    private long end;

    private boolean isFull;
    private long left;
    private long untilNanos;

    private PathPart(Path file, RandomAccessFile out, long mostBytes, long sinceNanos) throws IOException {
        this.file = file;
        this.out = out;
        this.mostBytes = mostBytes;
        this.untilNanos = sinceNanos;
        out.seek(out.length());
        out.write(PathFile.beginning(sinceNanos).getBytes(StandardCharsets.UTF_8));
        this.end = out.length();
    }

    /**
     * Makes the file, or goes on with what an earlier start has written.
     *
     * @param header what is known of the run at its start
     * @param sinceNanos when this start of the node begins
     * @throws PathFileException FS524 when that is not possible; FS544 when the file holds something else
     */
    public static PathPart open(Path file, RecordedPaths header, long sinceNanos) {
        return open(file, header, sinceNanos, MOST_BYTES);
    }

    static PathPart open(Path file, RecordedPaths header, long sinceNanos, long mostBytes) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
            try {
                goOn(file, out, PathFile.header(header).getBytes(StandardCharsets.UTF_8));
                return new PathPart(file, out, mostBytes, sinceNanos);
            } catch (IOException | RuntimeException cannot) {
                out.close();
                throw cannot;
            }
        } catch (IOException failed) {
            throw unwritten(file, failed);
        }
    }

    private static void goOn(Path file, RandomAccessFile out, byte[] header) throws IOException {
        if (out.length() == 0) {
            out.write(header);
            return;
        }
        byte[] there = new byte[(int) Math.min(header.length, out.length())];
        out.readFully(there);
        if (!Arrays.equals(there, header)) {
            throw new PathFileException(
                    "FS544",
                    file + " holds something else than what this node has told of these paths; name another file, or"
                            + " move it away");
        }
        out.setLength(endOfLines(out));
    }

    /** A process that was killed may have left half a line. */
    private static long endOfLines(RandomAccessFile out) throws IOException {
        long end = out.length();
        while (end > 0) {
            out.seek(end - 1);
            if (out.read() == '\n') {
                break;
            }
            end--;
        }
        return end;
    }

    private static PathFileException unwritten(Path file, IOException failed) {
        return new PathFileException("FS524", "paths cannot be written to " + file + ": " + failed);
    }

    /**
     * Adds events.
     *
     * @param missed how many events more there were, which are lost
     * @param untilNanos when all that the node has handled so far was told
     * @throws PathFileException FS524 when that is not possible
     */
    public void add(List<PathHop> hops, long missed, long untilNanos) {
        left += missed;
        this.untilNanos = untilNanos;
        int written = 0;
        try {
            StringBuilder text = new StringBuilder();
            for (PathHop hop : hops) {
                String line = PathFile.line(hop);
                // Whatever is not ASCII is escaped: a character is a byte.
                isFull = isFull || end + text.length() + line.length() > mostBytes;
                if (isFull) {
                    break;
                }
                text.append(line);
                written++;
            }
            left += hops.size() - written;
            write(text, PathFile.progress(untilNanos, left, false));
        } catch (IOException failed) {
            left += written;
            throw unwritten(file, failed);
        }
    }

    /** When that is not possible what was there stays, and is written over next. */
    private void write(StringBuilder lines, String progress) throws IOException {
        int length = lines.length();
        out.seek(end);
        out.write(lines.append(progress).toString().getBytes(StandardCharsets.UTF_8));
        out.setLength(out.getFilePointer());
        end += length;
    }

    /** Ends the file in order: nothing that was to be told is missing, but for what is counted. Without it the node was killed. */
    @Override
    public void close() {
        try (out) {
            write(new StringBuilder(), PathFile.progress(untilNanos, left, true));
        } catch (IOException failed) {
            throw unwritten(file, failed);
        }
    }
}
