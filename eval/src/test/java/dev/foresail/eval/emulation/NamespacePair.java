package dev.foresail.eval.emulation;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two couriers, each a process in a network namespace of its own, with a cable between them. All of it is gone once it is
 * closed, and at the latest when this process ends in order. Needs root.
 */
final class NamespacePair implements AutoCloseable {
    static final int PORT = 7600;

    private final String prefix = "foresail-" + ProcessHandle.current().pid() + "-";
    private final Thread atTheEnd = new Thread(this::remove);
    private final List<Courier> couriers = new ArrayList<>();

    /** What a courier says of itself: letters sent and received, broken links, loads received and the time they took. */
    record Figures(long posted, long letters, long broken, long loads, long nanos) {}

    NamespacePair() throws IOException {
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        try {
            run("ip netns add " + namespace(1));
            run("ip netns add " + namespace(2));
            run("ip -n " + namespace(1) + " link add cable type veth peer name cable netns " + namespace(2));
            for (int end = 1; end <= 2; end++) {
                run("ip -n " + namespace(end) + " addr add " + address(end) + "/24 dev cable");
                run("ip -n " + namespace(end) + " link set cable up");
            }
            couriers.add(new Courier(1, 2));
            couriers.add(new Courier(2, 1));
        } catch (IOException | RuntimeException | Error cannot) {
            close();
            throw cannot;
        }
    }

    String namespace(int end) {
        return prefix + end;
    }

    private static String address(int end) {
        return "10.231.77." + end;
    }

    /** Runs a command in the namespace of an end, and returns what it prints. */
    String at(int end, String command) throws IOException {
        return run("ip netns exec " + namespace(end) + " " + command);
    }

    Figures tell(int end, String command) throws IOException {
        return couriers.get(end - 1).tell(command);
    }

    /** Whether a command is there and works. */
    static boolean works(String command) {
        try {
            run(command);
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /** @throws IOException when it is not there, or fails; with what it has printed */
    static String run(String command) throws IOException {
        Process process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + printed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(command, interrupted);
        }
        return printed;
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }

    /** The cable goes with the namespaces. */
    private void remove() {
        couriers.forEach(Courier::end);
        for (int end = 1; end <= 2; end++) {
            works("ip netns del " + namespace(end));
        }
    }

    private final class Courier {
        private final Process process;
        private final BufferedReader answers;
        private final BufferedWriter commands;

        Courier(int self, int peer) throws IOException {
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace(self)));
            command.add(System.getProperty("java.home") + "/bin/java");
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), CourierProcess.class.getName()));
            command.addAll(List.of("" + self, address(self), "" + peer, address(peer), "" + PORT));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            commands = process.outputWriter(StandardCharsets.UTF_8);
            for (String line = answers.readLine(); !"ready".equals(line); line = answers.readLine()) {
                if (line == null) {
                    end();
                    throw new IOException("courier " + self + " did not start");
                }
            }
        }

        Figures tell(String command) throws IOException {
            commands.write(command + "\n");
            commands.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                // Its log comes this way too.
                if (line.matches("(\\d+ ){4}\\d+")) {
                    long[] figures = Arrays.stream(line.split(" "))
                            .mapToLong(Long::parseLong)
                            .toArray();
                    return new Figures(figures[0], figures[1], figures[2], figures[3], figures[4]);
                }
            }
            throw new IOException("a courier has ended before it was told to " + command);
        }

        void end() {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
