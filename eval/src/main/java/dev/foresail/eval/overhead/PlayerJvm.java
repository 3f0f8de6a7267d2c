package dev.foresail.eval.overhead;

import dev.foresail.eval.experiment.ChildJvm;
import dev.foresail.steering.cli.Interruption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A player in a JVM of its own, with the options of this one. It is told, and tells, line by line. */
final class PlayerJvm implements Player {
    private static final String WARM_UP = "warm-up";
    private static final String TURN = "turn";
    private static final String DONE = "done";
    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final BufferedReader said;
    private final PrintStream told;

    /** @param name one of {@link Saturation#NAMES} */
    PlayerJvm(String name) throws IOException {
        process = ChildJvm.start(
                ManagementFactory.getRuntimeMXBean().getInputArguments(), Main.class.getName(), List.of(name));
        said = process.inputReader(StandardCharsets.UTF_8);
        told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    private String ask(String command, long number) throws IOException {
        told.println(command + " " + number);
        String answer = said.readLine();
        if (answer == null) {
            throw new IOException("a JVM that plays has ended before it was told to");
        }
        return answer;
    }

    @Override
    public void warmUp(long messages) throws IOException {
        ask(WARM_UP, messages);
    }

    @Override
    public Saturation.Rate turn(long millis) throws IOException {
        String[] figures = ask(TURN, millis).split(" ", -1);
        return new Saturation.Rate(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
    }

    /** It ends when there is nothing more to be told. */
    @Override
    public void close() {
        told.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException asked) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** What runs in the other JVM. */
    static final class Main {
        private Main() {}

        /** @param arguments the name of who plays */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (Player player = Saturation.player(arguments[0], new Interruption())) {
                for (String line = told.readLine(); line != null; line = told.readLine()) {
                    String[] words = line.split(" ", -1);
                    long number = Long.parseLong(words[1]);
                    if (words[0].equals(TURN)) {
                        Saturation.Rate rate = player.turn(number);
                        System.out.println(rate.perSecond() + " " + rate.cpuNanosPerMessage());
                    } else {
                        player.warmUp(number);
                        System.out.println(DONE);
                    }
                }
            }
            // Whatever threads linger, nobody waits for them.
            System.exit(0);
        }
    }
}
