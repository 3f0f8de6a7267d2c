package dev.foresail.steering.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.Assumptions;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration.ConfiguredCall;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.operations.OperationsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationReaderTest {
    private final ConfigurationReader reader =
            new ConfigurationReader(Protocols.of(ConfigurationReaderTest.class.getClassLoader()));

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    @Test
    void aCompleteFileIsReadAsItStands() {
        NodeConfiguration read = reader.readNode("node.yaml", Samples.COMPLETE);

        assertEquals("kitchen", read.protocol());
        assertEquals(NodeId.of(1), read.self());
        assertEquals("127.0.0.1:7001", text(read.listen()));
        assertEquals("127.0.0.1:7002", text(read.peers().get(NodeId.of(2))));
        assertEquals("cook.example", read.peers().get(NodeId.of(3)).getHostString());
        assertEquals(2, read.peers().size(), "this node itself is no peer");
        assertEquals(
                Map.of(
                        "stoves",
                        "4",
                        "pace",
                        "250ms",
                        "open",
                        "false",
                        "dish",
                        "two eggs",
                        "salt",
                        "0.25",
                        "chef",
                        "7",
                        "budget",
                        "900"),
                read.parameters());
        assertEquals(2, read.predictionThreads());
        assertEquals(Optional.of(Path.of("data/node1.state")), read.storage());
        assertTrue(read.node().isolateFailures());
        assertEquals(Duration.ofMillis(200), read.node().minimumGatherInterval());
        assertEquals(Duration.ofMillis(30), read.node().exportInterval());
        assertEquals(Duration.ofSeconds(3), read.node().gatherTimeout());
        assertEquals(5, read.node().checkpointQuota());
        assertEquals(64, read.node().parkedLimit());
        assertEquals(20_000, read.node().checkpointBytesPerSecond());
        assertTrue(read.node().measuresCalls());
        assertTrue(read.node().answersAtOnce());
        assertEquals(SteeringMode.OBSERVE, read.steering().mode());
    }

    @Test
    void objectivesAndResolverAreReadWithTheirWeights() {
        ResolverSettings read = reader.readNode("node.yaml", Samples.COMPLETE).resolver();

        Objective.Term first = new Objective.Term(new TreeMap<>(Map.of("crowding", 2.0, "plates", 0.5)));
        Objective.Term second = new Objective.Term(new TreeMap<>(Map.of("plates", -1.0)));
        assertEquals(
                new ResolverSettings(
                                ResolverSettings.Kind.PREDICTED,
                                Optional.of(new Objective(List.of(first, second), Duration.ofSeconds(2))),
                                6,
                                500,
                                Duration.ofMinutes(1),
                                List.of())
                        .exploring(0.02),
                read);
    }

    @Test
    void callsHaveArgumentsOfTheTypesThatTheProtocolDeclares() {
        assertEquals(
                List.of(
                        new ConfiguredCall("hire", List.of(List.of(NodeId.of(2), NodeId.of(3)))),
                        new ConfiguredCall("rest", List.of(Duration.ofMillis(5), true, "at home", 2)),
                        new ConfiguredCall("order", List.of(12L))),
                reader.readNode("node.yaml", Samples.COMPLETE).calls());
    }

    @Test
    void withoutObjectivesChoicesAreMadeAtRandom() {
        assertEquals(
                ResolverSettings.policy(ResolverSettings.Kind.RANDOM),
                reader.readNode("node.yaml", Samples.SMALL).resolver());
    }

    @Test
    void theResolverCanBeJustAName() {
        ResolverSettings read = reader.readNode("node.yaml", Samples.SMALL + "resolver: round-robin\n")
                .resolver();
        assertEquals(ResolverSettings.Kind.ROUND_ROBIN, read.kind());
    }

    @Test
    void aScriptIsKept() {
        ResolverSettings read = reader.readNode(
                        "node.yaml", Samples.SMALL + "resolver: {kind: scripted, script: [1, 0]}\n")
                .resolver();
        assertEquals(List.of(1, 0), read.script());
    }

    @Test
    void aSimulationNeedsNoAddresses() {
        SimulationConfiguration read =
                reader.readSimulation("sim.yaml", "parameters: {stoves: 3}\n", Optional.of("kitchen"));
        assertEquals("kitchen", read.protocol());
        assertEquals(Map.of("stoves", "3"), read.parameters());
    }

    @Test
    void steeringIsOffUnlessItIsAskedFor() {
        assertEquals(
                SteeringMode.OFF,
                reader.readSimulation("sim.yaml", "protocol: kitchen\n", Optional.empty())
                        .steering()
                        .mode());
        assertEquals(
                SteeringMode.STEER,
                reader.readSimulation("sim.yaml", "protocol: kitchen\nsteering: {mode: steer}\n", Optional.empty())
                        .steering()
                        .mode());
        ConfigurationException mistake = assertThrows(
                ConfigurationException.class,
                () -> reader.readSimulation(
                        "sim.yaml", "protocol: kitchen\nsteering: {mode: stear}\n", Optional.empty()));
        assertTrue(mistake.getMessage().startsWith("sim.yaml:2:18: [FS"), mistake.getMessage());
    }

    @Test
    void howManyAnswersOfUnknownNodesAreReckonedWith() {
        String text = "protocol: kitchen\nsteering: {mode: steer, failures: {crashes: 2}, answers: %s}\n";
        assertEquals(
                new Assumptions(2, 1, 0, 3),
                reader.readSimulation("sim.yaml", text.formatted(3), Optional.empty())
                        .steering()
                        .assumptions());
        for (String wrong : List.of("101", "-1", "many")) {
            ConfigurationException mistake = assertThrows(
                    ConfigurationException.class,
                    () -> reader.readSimulation("sim.yaml", text.formatted(wrong), Optional.empty()));
            assertTrue(mistake.getMessage().startsWith("sim.yaml:2:58: [FS"), mistake.getMessage());
            assertTrue(mistake.getMessage().contains("steering.answers"), mistake.getMessage());
            assertTrue(mistake.getMessage().contains(wrong), mistake.getMessage());
        }
        ConfigurationException near = assertThrows(
                ConfigurationException.class,
                () -> reader.readSimulation(
                        "sim.yaml", "protocol: kitchen\nsteering: {mode: steer, answer: 1}\n", Optional.empty()));
        assertTrue(near.getMessage().contains("answers"), near.getMessage());
    }

    @Test
    void operatorsReachANodeOnlyWhereItsFileSaysSo() {
        assertEquals(
                Optional.empty(), reader.readNode("node.yaml", Samples.SMALL).operations());
        OperationsSettings read = reader.readNode(
                        "node.yaml", Samples.SMALL + "operations: {listen: 127.0.0.1:9101, token: node1.token}\n")
                .operations()
                .orElseThrow();
        assertEquals(9101, read.listen().getPort());
        assertTrue(read.listen().getAddress().isLoopbackAddress());
        assertEquals(Path.of("node1.token"), read.token());
    }

    @Test
    void operationsNeedATokenAndAnAddressAndNothingElse() {
        ConfigurationException mistakes = assertThrows(
                ConfigurationException.class,
                () -> reader.readNode("node.yaml", Samples.SMALL + "operations: {listen: here, tokn: x}\n"));
        assertEquals(
                List.of("FS206", "FS207", "FS204"),
                mistakes.problems().stream().map(Problem::code).toList());
    }

    @Test
    void aSimulationTakesANodesFileToo() {
        assertEquals(
                "900",
                reader.readSimulation("node.yaml", Samples.COMPLETE, Optional.empty())
                        .parameters()
                        .get("budget"));
    }

    /** One mistake each, after the five lines of {@link Samples#SMALL}; the place and code are exact. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "peer: {}|6:1|FS204|did you mean 'peers'?",
                "node: 2|6:1|FS205|line 2",
                "horizon: ten|6:10|FS207|'ten' where a duration",
                "horizon: 0s|6:10|FS207|above zero",
                "horizon: [1]|6:10|FS207|a list where a duration",
                "resolver: predictd|6:11|FS207|did you mean 'predicted'?",
                "resolver: predicted|6:11|FS222|needs objectives",
                "resolver: scripted|6:11|FS222|needs a script",
                "resolver: {kind: scripted}|6:11|FS222|needs a script",
                "resolver: {explore: 2%}|6:21|FS222|'resolver.explore' is for predictions, and the resolver is 'random'",
                "resolver: {kind: first, explore: 2%}|6:34|FS222|the resolver is 'first'",
                "resolver: {experience: none.jsonl}|6:24|FS222|'resolver.experience' is for predictions",
                "resolver: {kind: first, maxRollOut: 3}|6:25|FS204|did you mean 'maxRollOuts'?",
                "resolver: {maxRollOuts: 1}|6:25|FS207|at least 2",
                "resolver: {explore: 60%}|6:21|FS207|a share from 0% to 50%",
                "resolver: {explore: often}|6:21|FS207|'often' where a share",
                "resolver: {kind: scripted, script: [-1]}|6:37|FS207|'-1' where a whole number",
                "onHandlerError: ignore|6:17|FS207|'crash' or 'isolate'",
                "prediction: {threads: 0}|6:23|FS207|at least 1",
                "prediction: {threads: \"2\"}|6:23|FS207|the text '2' where a whole number",
                "prediction: {thread: 2}|6:14|FS204|did you mean 'threads'?",
                "prediction: 2|6:13|FS207|'2' where a map",
                "storage: []|6:10|FS207|a list where a path",
                "checkpoints: {quota: many}|6:22|FS207|'many' where a whole number",
                "checkpoints: {exportInterval: 5}|6:31|FS207|'5' where a duration",
                "checkpoints: {calls: often}|6:22|FS207|'measured' or 'ignored'",
                "checkpoints: {answers: soon}|6:24|FS207|'together' or 'at-once'",
                "checkpoints: {qota: 5}|6:15|FS204|did you mean 'quota'?",
                "checkpoints: {bytesPerSecond: 999}|6:31|FS207|'999' where a whole number of at least 1000",
                "checkpoints: {bytesPerSecond: 64KiB}|6:31|FS207|'64KiB' where a whole number",
                "checkpoints: {bytePerSecond: 5000}|6:15|FS204|did you mean 'bytesPerSecond'?",
                "peers: {two: 127.0.0.1:7002}|6:9|FS207|'two' where a node id",
                "peers: {-2: 127.0.0.1:7002}|6:9|FS207|'-2' where a node id",
                "peers: {2: 127.0.0.1}|6:12|FS207|an address host:port",
                "peers: {2: 127.0.0.1:0}|6:12|FS207|an address host:port",
                "peers: {2: 127.0.0.1:70000}|6:12|FS207|an address host:port",
                "peers: {2: 127.0.0.1:7002, 02: 127.0.0.1:7003}|6:28|FS205|given twice",
                "peers: {[1]: 127.0.0.1:7002}|6:9|FS207|a list as a key",
                "objectives: crowding|6:13|FS207|'crowding' where a list",
                "objectives: []|6:13|FS207|at least one objective",
                "objectives: [crowding]|6:14|FS207|'minimize: METRIC'",
                "objectives: [{minimise: crowding}]|6:15|FS204|did you mean 'minimize'?",
                "objectives: [{minimize: crowdng}]|6:25|FS220|did you mean 'crowding'?",
                "objectives: [{maximize: {plate: 1}}]|6:26|FS220|did you mean 'plates'?",
                "objectives: [{maximize: {plates: much}}]|6:34|FS207|'much' where a number",
                "objectives: [{maximize: {plates: .nan}}]|6:34|FS207|'.nan' where a number",
                "calls: order|6:8|FS207|a list of calls",
                "calls: [order]|6:9|FS207|one call",
                "calls: [{ordr: [1]}]|6:10|FS221|did you mean 'order'?",
                "calls: [{order: []}]|6:17|FS221|takes 1 arguments",
                "calls: [{order: 1}]|6:17|FS207|a list of arguments",
                "calls: [{order: [one]}]|6:18|FS207|'one' where a whole number",
                "calls: [{hire: [2]}]|6:17|FS207|a list of node ids",
                "calls: [{hire: [[2, x]]}]|6:21|FS207|'x' where a node id",
                "calls: [{rest: [1s, maybe, here, 1]}]|6:21|FS207|true or false",
                "horizon: !!str 5s|6:10|FS203|the tag",
                "horizon: &h 5s|6:10|FS203|anchors and aliases",
                "horizon: {|7:1|FS202|not YAML",
                "'horizon: \"5s'|6:1|FS202|not YAML",
            })
    void aMistakeIsNamedWithItsPlace(String line, String place, String code, String words) {
        String text = Samples.SMALL + (line.startsWith("'") ? line.substring(1, line.length() - 1) : line) + "\n";
        Problem problem = onlyProblem(text);
        String seen = problem.toString();
        assertEquals(code, problem.code(), seen);
        assertTrue(code.equals("FS202") || problem.place().equals("node.yaml:" + place), seen);
        assertTrue(problem.text().contains(words), seen);
    }

    /** Mistakes in the map of parameters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stove: 1|6:14|FS209|did you mean 'stoves'?",
                "stoves: two|6:22|FS207|'two' where a whole number",
                "stoves: 2.5|6:22|FS207|'2.5' where a whole number",
                "stoves: 99999999999|6:22|FS207|'99999999999' where a whole number",
                "pace: fast|6:20|FS207|'fast' where a duration",
                "open: yes|6:20|FS207|true or false",
                "salt: \"0.5\"|6:20|FS207|the text '0.5' where a number",
                "chef: -1|6:20|FS207|a node id",
                "budget: 1e3|6:22|FS207|'1e3' where a whole number",
                "dish: [soup]|6:20|FS207|a list where text",
            })
    void aParameterIsChecked(String parameter, String place, String code, String words) {
        Problem problem = onlyProblem(Samples.SMALL + "parameters: {" + parameter + "}\n");
        String seen = problem.toString();
        assertEquals(code, problem.code(), seen);
        assertEquals("node.yaml:" + place, problem.place(), seen);
        assertTrue(problem.text().contains(words), seen);
    }

    private Problem onlyProblem(String text) {
        List<Problem> problems = problems(text);
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private List<Problem> problems(String text) {
        return assertThrows(ConfigurationException.class, () -> reader.readNode("node.yaml", text))
                .problems();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceInTheOrderOfTheFile() {
        List<String> problems = problems("""
                        protocol: kitchen
                        nod: 1
                        listen: nowhere
                        parameters:
                          stoves: x
                        objectives:
                          - minimize: crowd
                        """).stream()
                .map(problem -> problem.place() + " " + problem.code())
                .toList();
        assertEquals(
                List.of(
                        "node.yaml:1:1 FS206",
                        "node.yaml:2:1 FS204",
                        "node.yaml:3:9 FS207",
                        "node.yaml:5:11 FS207",
                        "node.yaml:7:15 FS220"),
                problems);
    }

    @Test
    void anUnknownProtocolIsReportedWithTheNearest() {
        Problem problem = onlyProblem(Samples.SMALL.replace("kitchen", "kitchn"));
        assertEquals("node.yaml:1:11", problem.place());
        assertEquals("FS208", problem.code());
        assertTrue(problem.text().contains("did you mean 'kitchen'?"), problem.text());
    }

    @Test
    void theFileMustBeForTheProtocolThatIsAskedFor() {
        ConfigurationReader both = new ConfigurationReader(Samples.twoProtocols());
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> both.readSimulation("sim.yaml", "protocol: kitchen\n", Optional.of("bare")));
        assertEquals("FS208", refused.problems().get(0).code());
        assertTrue(refused.getMessage().contains("the protocol asked for is bare"), refused.getMessage());
    }

    @Test
    void aParameterWithoutDefaultMustBeGiven() {
        ConfigurationReader both = new ConfigurationReader(Samples.twoProtocols());
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> both.readSimulation("sim.yaml", "protocol: bare\n", Optional.empty()));
        assertEquals("FS209", refused.problems().get(0).code());
        assertTrue(refused.getMessage().contains("'size'"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n"})
    void anEmptyFileIsRefused(String text) {
        assertFalse(problems(text).isEmpty());
    }

    @Test
    void deepNestingIsRefusedBeforeItOverflowsTheStack() {
        assertEquals("FS203", onlyProblem("[".repeat(200_000)).code());
        assertEquals("FS203", onlyProblem("- ".repeat(200_000)).code());
    }

    @Test
    void anAliasBombIsRefused() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]\n";
        assertTrue(problems(bomb).stream().allMatch(problem -> problem.code().equals("FS203")));
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertEquals("FS203", onlyProblem(Samples.SMALL + "---\na: 1\n").code());
    }

    @Test
    void aFileThatIsMissingTooLargeOrNoTextIsRefused(@TempDir Path directory) throws IOException {
        Path large = directory.resolve("large.yaml");
        Files.writeString(large, "#".repeat(YamlText.MAX_BYTES + 1));
        Path binary = directory.resolve("binary.yaml");
        Files.write(binary, new byte[] {(byte) 0xC3, (byte) 0x28});
        for (Path file : List.of(large, binary, directory, directory.resolve("missing.yaml"))) {
            ConfigurationException refused = assertThrows(ConfigurationException.class, () -> reader.readNode(file));
            assertEquals("FS201", refused.problems().get(0).code());
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        }
    }
}
