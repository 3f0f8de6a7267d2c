package dev.foresail.eval.soak;

import dev.foresail.steering.cli.Interruption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The project's threads, and what the process has open, at one time. Of what is open, files do not count: classes are loaded
 * from them whenever they are needed. Immutable.
 *
 * @param threads those whose names begin with the project's, but for the command line's own
 * @param open how many of each kind, such as {@code socket}; empty where the system does not tell
 */
record Census(Set<Thread> threads, Optional<SortedMap<String, Long>> open) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long LOOK_MILLIS = 100;
    private static final Path LOCAL_SOCKETS = Path.of("/proc/self/net/unix");
    private static final int INODE_COLUMN = 6;
    private static final String OWN_NAMES = "foresail-";
    private static final String END_OF_COMMAND_LINE = "foresail-end";

    static Census take() {
        Set<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(OWN_NAMES))
                .filter(thread -> !thread.getName().equals(END_OF_COMMAND_LINE))
                .collect(Collectors.toSet());
        return new Census(threads, openDescriptors());
    }

    private static Optional<SortedMap<String, Long>> openDescriptors() {
        SortedMap<String, Long> open = new TreeMap<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            Set<String> local = localSockets();
            for (Path descriptor : descriptors) {
                target(descriptor)
                        .filter(target -> !local.contains(target))
                        .flatMap(Census::kind)
                        .ifPresent(kind -> open.merge(kind, 1L, Long::sum));
            }
        } catch (IOException elsewhere) {
            return Optional.empty();
        }
        return Optional.of(open);
    }

    /** Nodes have none of those; the JVM has one as soon as somebody attaches to it. */
    private static Set<String> localSockets() throws IOException {
        return Files.readAllLines(LOCAL_SOCKETS, StandardCharsets.ISO_8859_1).stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > INODE_COLUMN)
                .map(columns -> "socket:[" + columns[INODE_COLUMN] + "]")
                .collect(Collectors.toSet());
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }

    /** As in {@code socket:[4711]} and {@code anon_inode:[eventpoll]}; empty of a file. */
    static Optional<String> kind(String target) {
        if (target.startsWith("/") || !target.contains(":")) {
            return Optional.empty();
        }
        return Optional.of(
                target.startsWith("anon_inode:")
                        ? target.substring("anon_inode:".length()).replaceAll("[\\[\\]]", "")
                        : target.substring(0, target.indexOf(':')));
    }

    /** The names of the threads that were not there before. */
    List<String> threadsSince(Census before) {
        return threads.stream()
                .filter(thread -> !before.threads().contains(thread))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /** What is open that was not open before, as in "2 socket"; empty where the system does not tell. */
    Optional<List<String>> openSince(Census before) {
        if (open.isEmpty() || before.open().isEmpty()) {
            return Optional.empty();
        }
        List<String> more = new ArrayList<>();
        open.get().forEach((kind, count) -> {
            long added = count - before.open().get().getOrDefault(kind, 0L);
            if (added > 0) {
                more.add(added + " " + kind);
            }
        });
        return Optional.of(more);
    }

    /** How many descriptors more there are than before. */
    long openCountSince(Census before) {
        return openSince(before).orElse(List.of()).stream()
                .mapToLong(more -> Long.parseLong(more.substring(0, more.indexOf(' '))))
                .sum();
    }

    private boolean isAsBefore(Census before) {
        return threadsSince(before).isEmpty() && openCountSince(before) == 0;
    }

    /** A census as soon as all is as before, else after {@code patienceMillis}: what is closed may end a moment later. */
    static Census takeLater(Census before, long patienceMillis) throws InterruptedException {
        Interruption never = new Interruption();
        Census now = take();
        for (long waited = 0; waited < patienceMillis && !now.isAsBefore(before); waited += LOOK_MILLIS) {
            boolean unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            now = take();
        }
        return now;
    }
}
