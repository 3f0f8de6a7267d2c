package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.steering.config.NodeConfiguration.ConfiguredCall;
import dev.foresail.steering.control.SteeringSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.logging.LogSettings;
import dev.foresail.steering.operations.OperationsSettings;
import dev.foresail.steering.provider.ProviderSettings;
import dev.foresail.steering.security.SecuritySettings;
import dev.foresail.steering.transport.TransportSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a node's configuration from YAML (docs/configuration.md). Everything that is wrong is said in one go, with its place
 * and a code. Stateless, thread-safe.
 */
public final class ConfigurationReader {
    /** With less, a node would not come to answer in time even once. */
    private static final int LEAST_CHECKPOINT_BYTES_PER_SECOND = 1000;

    private final Protocols protocols;
    private final ClassLoader loader;
    private final boolean readsTables;

    /** @param protocols which protocols a file may name */
    public ConfigurationReader(Protocols protocols) {
        this(protocols, ConfigurationReader.class.getClassLoader());
    }

    /** @param loader finds the providers that a file may name */
    public ConfigurationReader(Protocols protocols, ClassLoader loader) {
        this(protocols, loader, true);
    }

    private ConfigurationReader(Protocols protocols, ClassLoader loader, boolean readsTables) {
        this.protocols = protocols;
        this.loader = loader;
        this.readsTables = readsTables;
    }

    /** One that leaves out tables of values, which are about to be made. */
    public ConfigurationReader withoutTables() {
        return new ConfigurationReader(protocols, loader, false);
    }

    /** @throws ConfigurationException when anything is wrong with the file */
    public NodeConfiguration readNode(Path file) {
        return readNode(file.toString(), YamlText.read(file));
    }

    /** @param fileName for messages */
    public NodeConfiguration readNode(String fileName, String text) {
        Reading reading = new Reading(fileName, text);
        SimulationConfiguration common = reading.common(Optional.empty());
        Reading.Deployment deployment = reading.deployment(true);
        reading.finish();
        return NodeConfiguration.of(
                        common.protocol(),
                        deployment.self().orElseThrow(),
                        deployment.listen().orElseThrow())
                .parameters(common.parameters())
                .peers(deployment.peers())
                .resolver(common.resolver())
                .node(common.node())
                .steering(common.steering())
                .failureDetector(common.failureDetector())
                .predictionThreads(deployment.predictionThreads())
                .storage(deployment.storage())
                .security(deployment.security())
                .calls(common.calls())
                .operations(deployment.operations())
                .transport(deployment.transport())
                .providers(common.providers())
                .log(deployment.log())
                .paths(common.paths(), Optional.empty())
                .build();
    }

    /**
     * Reads what a simulation needs; the keys of one node's deployment may stand in the file and are checked, but not needed.
     *
     * @param protocol the protocol that is simulated; the file may leave it out or must name the same
     * @throws ConfigurationException when anything is wrong with the file
     */
    public SimulationConfiguration readSimulation(Path file, Optional<String> protocol) {
        return readSimulation(file.toString(), YamlText.read(file), protocol);
    }

    /** @param fileName for messages */
    public SimulationConfiguration readSimulation(String fileName, String text, Optional<String> protocol) {
        Reading reading = new Reading(fileName, text);
        SimulationConfiguration common = reading.common(protocol);
        reading.deployment(false);
        reading.finish();
        return common;
    }

    /** One file being read. */
    private final class Reading {
        private final Problems problems;
        private final Values values;
        private final Section root;
        private Optional<SortedMap<NodeId, InetSocketAddress>> peers = Optional.empty();

        /** What only a deployed node has. */
        private record Deployment(
                Optional<NodeId> self,
                Optional<InetSocketAddress> listen,
                SortedMap<NodeId, InetSocketAddress> peers,
                int predictionThreads,
                Optional<Path> storage,
                Optional<SecuritySettings> security,
                Optional<OperationsSettings> operations,
                TransportSettings transport,
                LogSettings log) {}

        Reading(String fileName, String text) {
            problems = new Problems(fileName);
            values = new Values(problems);
            Optional<Node> document = YamlText.compose(fileName, text);
            if (document.isEmpty()) {
                problems.add(Optional.empty(), "FS206", "the file is empty; at least 'protocol' must be given");
                throw problems.exception();
            }
            root = new Section(document.get(), "", problems);
        }

        void finish() {
            root.finish();
            problems.throwIfAny();
        }

        SimulationConfiguration common(Optional<String> expected) {
            Optional<Node> name = expected.isPresent()
                    ? root.take("protocol")
                    : root.need("protocol", "which protocol the node runs");
            Optional<Machine<?>> machine = machine(name, expected);
            Optional<Node> parameters = root.take("parameters");
            Optional<Node> calls = root.take("calls");
            Optional<ProtocolBinder> binder = machine.map(found -> new ProtocolBinder(found, problems, values));
            List<ProviderSettings> providers = root.take("providers")
                    .map(new ProvidersBinder(problems, values, loader)::read)
                    .orElse(List.of());
            List<String> provided = ProvidersBinder.ownFigures(providers);
            ObjectivesBinder objectives = new ObjectivesBinder(machine, provided, problems, values);
            SortedMap<String, String> given = binder.map(reader -> reader.parameters(parameters, root.at()))
                    .orElseGet(TreeMap::new);
            TableBinder tables = new TableBinder(machine, given, readsTables, problems, values);
            ExperienceBinder experiences = new ExperienceBinder(readsTables, problems, values);
            ResolverSettings resolver = new ResolverBinder(objectives, tables, experiences, problems, values)
                    .read(root, new ChoicesBinder(machine, provided, objectives, problems, values).read(root));
            return new SimulationConfiguration(
                    machine.map(Machine::protocol).orElse(""),
                    given,
                    resolver,
                    nodeSettings(),
                    root.take("steering")
                            .map(new SteeringBinder(problems, values)::read)
                            .orElse(SteeringSettings.DEFAULT),
                    root.take("failureDetector")
                            .map(new FailureDetectorBinder(problems, values)::read)
                            .orElse(FailureDetectorSettings.DEFAULT),
                    binder.flatMap(reader -> calls.map(reader::calls)).orElse(List.<ConfiguredCall>of()),
                    root.take("topology")
                            .map(new TopologyBinder(problems, values)::read)
                            .orElse(TopologySettings.NONE),
                    root.take("faults")
                            .map(new FaultsBinder(problems, values)::read)
                            .orElse(FaultSettings.NONE),
                    root.take("limits")
                            .map(new LimitsBinder(problems, values)::read)
                            .orElse(LimitSettings.USUAL),
                    providers,
                    root.take("paths")
                            .map(new PathsBinder(machine, problems, values)::read)
                            .orElse(List.of()),
                    peers());
        }

        private Optional<Machine<?>> machine(Optional<Node> node, Optional<String> expected) {
            Optional<String> given = node.flatMap(this::protocolName);
            Optional<String> mistake = given.flatMap(protocols::mistake);
            if (mistake.isPresent()) {
                problems.add(node.orElseThrow(), "FS208", mistake.get());
                return Optional.empty();
            }
            Optional<Machine<?>> found = given.map(protocols::find);
            Optional<Machine<?>> asked = expected.map(protocols::find);
            if (found.isPresent() && asked.isPresent() && !isSame(found.get(), asked.get())) {
                String text = "the file is for " + given.get() + ", but the protocol asked for is " + expected.get();
                problems.add(node.orElseThrow(), "FS208", text);
                return Optional.empty();
            }
            return asked.or(() -> found);
        }

        /** A stack's layers may be written as a list. */
        private Optional<String> protocolName(Node node) {
            String expected = "the name of a protocol, or a list of layers, the top one first";
            if (!(node instanceof SequenceNode)) {
                return values.text(node, "protocol", expected);
            }
            List<String> layers = new ArrayList<>();
            List<Node> items = values.list(node, "protocol", expected);
            for (Node layer : items) {
                values.text(layer, "protocol", "the name of a layer").ifPresent(layers::add);
            }
            return layers.isEmpty() || layers.size() < items.size()
                    ? Optional.empty()
                    : Optional.of(String.join(StackMachine.SEPARATOR, layers));
        }

        private static boolean isSame(Machine<?> one, Machine<?> other) {
            return one.protocol().equals(other.protocol())
                    && one.protocolTypes().equals(other.protocolTypes());
        }

        private NodeSettings nodeSettings() {
            NodeSettings defaults = NodeSettings.DEFAULT;
            boolean isolate = root.take("onHandlerError").map(this::isolates).orElse(defaults.isolateFailures());
            Optional<Node> checkpoints = root.take("checkpoints");
            if (checkpoints.isEmpty()) {
                return defaults.withIsolateFailures(isolate);
            }
            Section section = new Section(checkpoints.get(), "checkpoints", problems);
            NodeSettings settings = new NodeSettings(
                    duration(section, "minimumGatherInterval", defaults.minimumGatherInterval()),
                    duration(section, "exportInterval", defaults.exportInterval()),
                    duration(section, "gatherTimeout", defaults.gatherTimeout()),
                    wholeNumber(section, "quota", defaults.checkpointQuota()),
                    wholeNumber(section, "parkedLimit", defaults.parkedLimit()),
                    defaults.postponement(),
                    section.take("bytesPerSecond")
                            .flatMap(node -> values.wholeNumber(
                                    node, section.pathOf("bytesPerSecond"), LEAST_CHECKPOINT_BYTES_PER_SECOND))
                            .orElse(defaults.checkpointBytesPerSecond()),
                    isolate,
                    section.take("calls").map(this::measuresCalls).orElse(defaults.measuresCalls()),
                    section.take("answers").map(this::countAtOnce).orElse(defaults.answersAtOnce()));
            section.finish();
            return settings;
        }

        private boolean measuresCalls(Node node) {
            String expected = "'measured' or 'ignored'";
            return values.plain(node, "checkpoints.calls", expected, text -> switch (text) {
                        case "measured" -> true;
                        case "ignored" -> false;
                        default -> throw new IllegalArgumentException(text);
                    })
                    .orElse(false);
        }

        private boolean countAtOnce(Node node) {
            String expected = "'together' or 'at-once'";
            return values.plain(node, "checkpoints.answers", expected, text -> switch (text) {
                        case "together" -> false;
                        case "at-once" -> true;
                        default -> throw new IllegalArgumentException(text);
                    })
                    .orElse(false);
        }

        private boolean isolates(Node node) {
            String expected = "'crash' or 'isolate'";
            return values.plain(node, "onHandlerError", expected, text -> switch (text) {
                        case "crash" -> false;
                        case "isolate" -> true;
                        default -> throw new IllegalArgumentException(text);
                    })
                    .orElse(false);
        }

        private Duration duration(Section section, String key, Duration otherwise) {
            return section.take(key)
                    .flatMap(node -> values.span(node, section.pathOf(key)))
                    .orElse(otherwise);
        }

        private int wholeNumber(Section section, String key, int otherwise) {
            return section.take(key)
                    .flatMap(node -> values.wholeNumber(node, section.pathOf(key), 1))
                    .orElse(otherwise);
        }

        Deployment deployment(boolean needed) {
            Optional<NodeId> self =
                    key("node", "this node's id, a whole number", needed).flatMap(node -> values.nodeId(node, "node"));
            Optional<InetSocketAddress> listen = key("listen", "where this node accepts connections, host:port", needed)
                    .flatMap(node -> values.listenAddress(node, "listen"));
            SortedMap<NodeId, InetSocketAddress> peers = new TreeMap<>(peers());
            self.ifPresent(peers::remove);
            int threads = root.take("prediction").map(this::predictionThreads).orElse(1);
            Optional<Path> storage = root.take("storage").flatMap(node -> values.path(node, "storage"));
            Optional<SecuritySettings> security = root.take("security")
                    .flatMap(node -> new SecurityBinder(problems, values).read(node, self, needed));
            Optional<OperationsSettings> operations = root.take("operations").flatMap(this::operations);
            TransportSettings transport = root.take("transport")
                    .map(new TransportBinder(problems, values)::read)
                    .orElse(TransportSettings.DEFAULT);
            LogSettings log =
                    root.take("log").map(new LogBinder(problems, values)::read).orElse(LogSettings.DEFAULT);
            return new Deployment(self, listen, peers, threads, storage, security, operations, transport, log);
        }

        private Optional<Node> key(String key, String meaning, boolean needed) {
            return needed ? root.need(key, meaning) : root.take(key);
        }

        private Optional<OperationsSettings> operations(Node node) {
            Section section = new Section(node, "operations", problems);
            Optional<InetSocketAddress> listen = section.need("listen", "where operators' tools connect, host:port")
                    .flatMap(value -> values.listenAddress(value, "operations.listen"));
            Optional<Path> token = section.need("token", "the file with the secret that operators' tools show")
                    .flatMap(value -> values.path(value, "operations.token"));
            section.finish();
            return listen.flatMap(address -> token.map(file -> new OperationsSettings(address, file)));
        }

        private int predictionThreads(Node node) {
            Section section = new Section(node, "prediction", problems);
            int threads = wholeNumber(section, "threads", 1);
            section.finish();
            return threads;
        }

        /** Where nodes are, this one perhaps among them. */
        private SortedMap<NodeId, InetSocketAddress> peers() {
            if (peers.isEmpty()) {
                peers = Optional.of(root.take("peers").map(this::peers).orElseGet(TreeMap::new));
            }
            return peers.get();
        }

        private SortedMap<NodeId, InetSocketAddress> peers(Node node) {
            SortedMap<NodeId, InetSocketAddress> peers = new TreeMap<>();
            new Section(node, "peers", problems).entries().forEach((name, entry) -> {
                Optional<NodeId> id = values.nodeId(entry.key(), "peers");
                Optional<InetSocketAddress> address = values.peerAddress(entry.value(), "peers." + name);
                if (id.isPresent() && address.isPresent() && peers.put(id.get(), address.get()) != null) {
                    problems.add(entry.key(), "FS205", "the peer " + id.get().value() + " is given twice");
                }
            });
            return peers;
        }
    }
}
