package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns and partitioned runs over JVMs of their own on this machine, which are killed as machines are. */
@Tag("alone")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterSimulationTest {
    private static final List<Member> MEMBERS = new ArrayList<>();

    @TempDir
    private static Path traces = Path.of("");

    /** A JVM that waits for work. */
    private record Member(Process process, String address) {
        private static final Pattern WAITS = Pattern.compile("member (\\S+) waits .*");

        static Process begin() throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Foresail.class.getName(),
                            "member",
                            "--listen",
                            "localhost:0",
                            "--jobs",
                            "1")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        static Member of(Process process) throws IOException {
            BufferedReader lines = process.inputReader();
            String line = String.valueOf(lines.readLine());
            Matcher waits = WAITS.matcher(line);
            assertTrue(waits.matches(), line);
            return new Member(process, waits.group(1));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        List<Process> processes = new ArrayList<>();
        for (int member = 0; member < 3; member++) {
            processes.add(Member.begin());
        }
        for (Process process : processes) {
            MEMBERS.add(Member.of(process));
        }
    }

    @AfterAll
    static void stop() {
        MEMBERS.forEach(member -> member.process().destroyForcibly());
    }

    private static CommandRun simulate(String line, String... more) {
        List<String> arguments = new ArrayList<>(List.of(("simulate kitchen " + line).split(" ")));
        arguments.addAll(List.of("--json", "--trace-dir", traces.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** But for what a run has taken. */
    private static Map<String, Object> result(CommandRun run) {
        Map<String, Object> json = run.json();
        json.keySet().removeAll(List.of("seconds", "heapBytes"));
        return json;
    }

    private static void assertSame(CommandRun local, CommandRun spread) {
        assertEquals(result(local), result(spread), spread::err);
        assertEquals(local.code(), spread.code());
    }

    private static String addresses() {
        return String.join(",", MEMBERS.stream().map(Member::address).toList());
    }

    /** Kills a member when some of the work is done, as progress shows. */
    private static final class Killer extends StringWriter {
        private static final Pattern IN_THE_MIDDLE = Pattern.compile("[2-9][0-9] %");

        private final Process doomed;

        Killer(Process doomed) {
            this.doomed = doomed;
        }

        @Override
        public void flush() {
            if (doomed.isAlive() && IN_THE_MIDDLE.matcher(toString()).find()) {
                doomed.destroyForcibly();
            }
        }
    }

    /** Over all members and one more, which is killed. */
    private static CommandRun simulateAndKill(String line, Member doomed) {
        Killer killer = new Killer(doomed.process());
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(("simulate " + line).split(" ")));
        arguments.addAll(
                List.of("--json", "--member-silence", "1s", "--cluster", addresses() + "," + doomed.address()));
        int code = Foresail.execute(
                arguments, new PrintWriter(out, true), new PrintWriter(killer, true), new Interruption(), true);
        return new CommandRun(code, out.toString(), killer.toString());
    }

    @Test
    @Order(1)
    void aCampaignOverFourJvmsOneOfWhichIsKilledGivesWhatOneGives() {
        String line = "--nodes 9 --seeds 150 --faults swarm --shrink-for 0s";
        CommandRun local = simulate(line);
        Member doomed = MEMBERS.remove(2);
        CommandRun spread = simulateAndKill("kitchen " + line, doomed);
        assertSame(local, spread);
        // On a busy machine it may have got no seed at all until then, and nobody waits for who has none.
        assertTrue(
                spread.err().contains("[FS440] " + doomed.address() + " is lost: it is silent; ")
                        || !spread.err().contains(" by " + doomed.address()),
                spread::err);
        assertEquals(150, played(spread.err()), spread::err);
        // Those who are left wait for the next one; failing seeds are made small and kept here.
        String failing = "--scenario overcharge --nodes 4 --seeds 4 --shrink-for 500ms";
        CommandRun small = simulate(failing, "--cluster", addresses());
        CommandRun smallHere = simulate(failing);
        assertEquals(ExitCode.SAFETY_VIOLATED, small.code(), small::toString);
        assertEquals(result(smallHere).get("violations"), result(small).get("violations"));
        assertEquals(result(smallHere).get("digest"), result(small).get("digest"));
        assertTrue(small.json().containsKey("traces"), small::toString);
    }

    /** How many seeds all together have played, as it is told. */
    private static int played(String err) {
        String line = err.lines()
                .filter(each -> each.contains("seeds played: "))
                .findFirst()
                .orElseThrow();
        return Pattern.compile("([0-9]+) by ")
                .matcher(line)
                .results()
                .mapToInt(share -> Integer.parseInt(share.group(1)))
                .sum();
    }

    @Test
    @Order(2)
    void filesGoAlongAndWhoIsNotThereIsDoneWithout() throws IOException {
        Path config = Files.writeString(traces.resolve("sim.yaml"), "faults: {pause: 60/min, serviceTime: 1ms}\n");
        String line = "--nodes 4 --seeds 20 --until 20s --shrink-for 0s --config " + config;
        CommandRun spread = simulate(line, "--cluster", MEMBERS.get(0).address() + ",127.0.0.1:1");
        assertSame(simulate(line), spread);
        assertTrue(spread.err().contains("[FS437] 127.0.0.1:1: it cannot be reached: Connection refused"), spread::err);
        assertTrue(spread.err().contains("; the others go on without it"), spread::err);
    }

    /** The last one: it leaves one member. */
    @Test
    @Order(3)
    void aRunPartitionedOverJvmsIsThatOfOneProcessAlsoWhenOneOfThemIsKilled() throws IOException {
        String line = "murmur --nodes 60 --until 8s --seed 7 --workers 2";
        Member doomed = MEMBERS.remove(1);
        CommandRun spread = simulateAndKill(line, doomed);
        assertSame(CommandRun.of(("simulate " + line + " --json").split(" ")), spread);
        assertTrue(
                spread.err()
                        .contains("[FS442] " + doomed.address() + ": it is silent; the run is played again by "
                                + (MEMBERS.size() + 1) + " members"),
                spread::err);
        assertTrue(
                spread.err().contains("partitioned over " + (MEMBERS.size() + 1) + " members: each has written "),
                spread::err);
        // Of what runs away one process knows all that is to be told.
        Path config = Files.writeString(traces.resolve("narrow.yaml"), "limits: {pendingEvents: 10}\n");
        String[] narrow = ("simulate murmur --nodes 60 --json --config " + config).split(" ");
        List<String> together = new ArrayList<>(List.of(narrow));
        together.addAll(List.of("--cluster", addresses()));
        CommandRun stopped = CommandRun.of(together.toArray(String[]::new));
        assertSame(CommandRun.of(narrow), stopped);
        assertTrue(stopped.json().containsKey("runaways"), stopped::toString);
        assertTrue(stopped.err().contains("one process plays it: a protocol that seems to run away"), stopped::err);
        // Safety properties are asked between events.
        CommandRun refused = simulate("--nodes 4", "--cluster", addresses());
        assertSame(simulate("--nodes 4"), refused);
        assertTrue(
                refused.err().contains("one process plays it: its safety properties are asked between events"),
                refused::err);
    }

    @Test
    void whoeverIsNamedAndCannotBeUsedIsAMistake() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "--seeds 2 --cluster 127.0.0.1:1", "[FS437] 127.0.0.1:1: it cannot be reached",
                        "--seeds 2 --cluster nowhere", "[FS436] --cluster: 'nowhere' is no address",
                        "--seeds 2 --cluster localhost:9,127.0.0.1:9", "[FS436] --cluster: 127.0.0.1:9 is named twice",
                        "--seeds 2 --cluster localhost:9 --listen 0.0.0.0:0", "[FS436] --listen: 0.0.0.0:0 is every",
                        "--workers 64 --cluster 127.0.0.1:1", "[FS200] --workers is a number of threads of each member",
                        "--cluster nowhere:0", "[FS436] --cluster: ",
                        "--listen localhost:9", "[FS200] --listen is for --cluster",
                        "--member-silence 9s", "[FS200] --member-silence is for --cluster",
                        "--seeds 2 --cluster localhost:9 --coverage", "[FS200] --coverage is for one process")
                .entrySet()) {
            CommandRun run = simulate(wrong.getKey());
            assertEquals(ExitCode.USAGE, run.code(), run::toString);
            assertTrue(run.err().contains(wrong.getValue()), run::err);
        }
    }

    @Test
    void whatRunsAwayElsewhereIsToldAsHere() throws IOException {
        Path limits = Files.writeString(traces.resolve("limits.yaml"), "limits: {eventsAtOneTime: 2000}\n");
        String line = "simulate burrow --nodes 2 --set what=hopAbout --seeds 3 --json --config " + limits;
        CommandRun local = CommandRun.of(line.split(" "));
        CommandRun spread = CommandRun.of((line + " --cluster " + MEMBERS.get(0).address()).split(" "));
        assertSame(local, spread);
        assertEquals(3, ((List<?>) spread.json().get("runaways")).size(), spread::out);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aClusterOfThisProcessAloneIsOneMember() throws IOException {
        String own = "127.0.0.1:" + freePort();
        assertSame(simulate("--nodes 3 --seeds 5"), simulate("--nodes 3 --seeds 5", "--cluster", own, "--listen", own));
    }
}
