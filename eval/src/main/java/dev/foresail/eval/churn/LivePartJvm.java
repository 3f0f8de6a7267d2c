package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.churn.LivePart.Plan;
import dev.foresail.eval.churn.LivePart.Played;
import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.steering.cli.Interruption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A {@link LivePart} in a JVM of its own. It is told, and tells, line by line; it ends when there is nobody any more who tells it anything. */
final class LivePartJvm implements AutoCloseable {
    /** Ctrl-C ends all processes of a terminal at once, in any order. */
    private static final long ASKED_WITHIN_MILLIS = 500;

    private final Process process;
    private final PrintStream told;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Played> played = new CompletableFuture<>();

    /**
     * Starts it; what it writes to its standard error appears on this one's.
     *
     * @param addresses where all nodes listen
     * @throws IOException when it cannot be started
     */
    LivePartJvm(Plan plan, int number, Map<NodeId, InetSocketAddress> addresses) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(number),
                Integer.toString(plan.processes()),
                Long.toString(plan.seed()),
                Double.toString(plan.deathsPerSecond()),
                Integer.toString(plan.size().members()),
                plan.size().joinWithin().toString(),
                plan.size().lasting().toString(),
                plan.size().deadline().toString()));
        plan.bamboo().forEach((name, value) -> arguments.add(name + "=" + value));
        process = ChildJvm.start(
                ManagementFactory.getRuntimeMXBean().getInputArguments(), Main.class.getName(), arguments);
        listener(process.inputReader(StandardCharsets.UTF_8), ready, played).start();
        told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        told.println(addresses.entrySet().stream()
                .map(node -> node.getKey().value() + ":" + node.getValue().getPort())
                .collect(Collectors.joining(" ")));
    }

    /** Nobody waits for its lines who has something else to look at. */
    private static Thread listener(
            BufferedReader said, CompletableFuture<Boolean> ready, CompletableFuture<Played> played) {
        Thread listener = new Thread(
                () -> {
                    try {
                        PlayedLines.awaitReady(said);
                        ready.complete(true);
                        played.complete(PlayedLines.read(said));
                    } catch (IOException | RuntimeException ended) {
                        ready.completeExceptionally(ended);
                        played.completeExceptionally(ended);
                    }
                },
                "foresail-part");
        listener.setDaemon(true);
        return listener;
    }

    /**
     * Waits until it has made itself ready.
     *
     * @return whether it has, before the end was asked for
     * @throws IOException when it has ended instead
     */
    boolean awaitReady(Interruption interruption) throws IOException, InterruptedException {
        return await(ready, interruption).isPresent();
    }

    private static <T> Optional<T> await(Future<T> work, Interruption interruption)
            throws IOException, InterruptedException {
        try {
            return interruption.resultOf(work);
        } catch (ExecutionException ended) {
            if (interruption.await(ASKED_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            throw new IOException("a JVM with live nodes is of no use any more: " + ended.getCause(), ended);
        }
    }

    void begin(long fromNanos) {
        told.println(fromNanos);
    }

    /** Whether it has ended before its time, or was out of files, so that the others need not go on. */
    boolean hasFailed() {
        return played.isCompletedExceptionally()
                || played.isDone() && played.join().isOutOfFiles();
    }

    /**
     * Waits until it has played.
     *
     * @return empty when the end was asked for before
     * @throws IOException when it has ended instead
     */
    Optional<Played> played(Interruption interruption) throws IOException, InterruptedException {
        return await(played, interruption);
    }

    /** Its nodes end with it. */
    @Override
    public void close() {
        told.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** What runs in the other JVM. */
    static final class Main {
        private Main() {}

        /** @param arguments which process it is, and what is played */
        public static void main(String[] arguments) throws IOException {
            Map<String, String> bamboo = new TreeMap<>();
            for (int index = 8; index < arguments.length; index++) {
                String[] setting = arguments[index].split("=", 2);
                bamboo.put(setting[0], setting[1]);
            }
            Size size = new Size(
                    Integer.parseInt(arguments[4]),
                    Duration.parse(arguments[5]),
                    Duration.parse(arguments[6]),
                    Duration.parse(arguments[7]));
            Plan plan = new Plan(
                    size,
                    Double.parseDouble(arguments[3]),
                    bamboo,
                    Long.parseLong(arguments[2]),
                    Integer.parseInt(arguments[1]));
            BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            Map<NodeId, InetSocketAddress> addresses = new TreeMap<>();
            for (String node : heard(told).split(" ", -1)) {
                String[] address = node.split(":", -1);
                addresses.put(
                        NodeId.of(Long.parseLong(address[0])),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address[1])));
            }
            try (LivePart part = new LivePart(plan, Integer.parseInt(arguments[0]), addresses)) {
                say(PlayedLines.READY);
                long fromNanos = Long.parseLong(heard(told));
                Interruption interruption = new Interruption();
                Thread listener = new Thread(() -> endWith(told, interruption), "foresail-told");
                listener.setDaemon(true);
                listener.start();
                part.play(fromNanos, interruption::isRequested)
                        .ifPresent(played -> PlayedLines.of(played).forEach(Main::say));
            }
            // Whatever threads linger, nobody waits for them.
            System.exit(0);
        }

        private static String heard(BufferedReader told) throws IOException {
            String line = told.readLine();
            if (line == null) {
                throw new IOException("nobody says what is to be played");
            }
            return line;
        }

        /** Whoever has started this process ends, and this one with it. */
        private static void endWith(BufferedReader told, Interruption interruption) {
            try {
                while (told.readLine() != null) {
                    // There is nothing more to be told.
                }
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            } finally {
                interruption.request();
            }
        }

        /** Whole lines: the JVM may write among them. */
        private static void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
