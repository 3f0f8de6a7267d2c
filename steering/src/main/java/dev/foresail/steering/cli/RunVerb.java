package dev.foresail.steering.cli;

import dev.foresail.predictor.decision.DecisionFile;
import dev.foresail.predictor.decision.DecisionWriter;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.steering.config.ConfigurationReader;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.config.NodeConfiguration.ConfiguredCall;
import dev.foresail.steering.config.Protocols;
import dev.foresail.steering.live.ForesailNode;
import dev.foresail.steering.live.NodeFailure;
import dev.foresail.steering.live.NodeStatistics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foresail run}: one live node, until Ctrl-C. */
@Command(name = "run", description = "run one live node of a protocol until Ctrl-C")
public final class RunVerb implements Verb {
    /** How often it looks whether the node has ended by itself. */
    private static final long LOOK_MILLIS = 200;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "what the node is told (YAML)")
    private Path config = Path.of("");

    @Option(
            names = "--decisions",
            paramLabel = "FILE",
            description = "write down every decision with its grounds, for 'foresail explain'")
    private Optional<Path> decisionFile = Optional.empty();

    @Option(
            names = "--paths",
            paramLabel = "FILE",
            description =
                    "write down this node's part of the causal paths that the configuration declares, for 'foresail paths'")
    private Optional<Path> pathFile = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Output output = common.output();
        ClassLoader loader = classPath.loader();
        NodeConfiguration configuration =
                following(new ConfigurationReader(Protocols.of(loader), loader).readNode(config));
        long startNanos = WallClock.nanos();
        Optional<NodeFailure> failure;
        NodeStatistics statistics;
        LiveDecisions recorded = record(configuration);
        try (recorded;
                ForesailNode node = ForesailNode.start(configuration, loader)) {
            output.prose("node " + configuration.self().value() + " of " + configuration.protocol() + " listening on "
                    + text(node.address()) + "; Ctrl-C ends it");
            node.operationsAddress()
                    .ifPresent(at -> output.prose("operators: foresail node status --at " + text(at) + " --token "
                            + configuration.operations().orElseThrow().token()));
            configuration.calls().forEach(call -> call(node, call, output));
            statistics = node.statistics();
            failure = waitForEnd(node, common.interruption(), recorded);
            tell(recorded, output);
        }
        failure.ifPresent(ended -> output.hint("the node ended: its handler of " + ended.event() + " threw "
                + ended.cause() + " in state " + ended.state()));
        DecisionCounts decisions = statistics.decisionCounts();
        output.prose("ended; events: " + statistics.eventsHandled() + ", messages sent: " + statistics.messagesSent());
        output.prose("decisions: " + decisions.predicted() + " predicted, " + decisions.cached() + " cached, "
                + decisions.fallback() + " by the fast policy");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", configuration.protocol());
        json.put("node", configuration.self().value());
        json.put("seconds", WallClock.secondsSince(startNanos));
        json.put("events", statistics.eventsHandled());
        json.put("messages", statistics.messagesSent());
        json.put("decisions", decisions);
        output.result(json);
        return UnwrittenRecords.tell(
                recorded.failure(), failure.isPresent() ? ExitCode.SAFETY_VIOLATED : ExitCode.DONE, output);
    }

    private NodeConfiguration following(NodeConfiguration configuration) {
        if (pathFile.isPresent()) {
            FollowedPaths.requireDeclared(configuration.paths());
        }
        return pathFile.map(configuration::withPathFile).orElse(configuration);
    }

    private LiveDecisions record(NodeConfiguration configuration) {
        return new LiveDecisions(decisionFile.map(file -> DecisionWriter.create(
                file,
                new DecisionFile.Header(
                        configuration.protocol(), "node " + configuration.self().value() + ", foresail run"))));
    }

    private void tell(LiveDecisions recorded, Output output) {
        decisionFile.ifPresent(file -> output.prose("decisions: foresail explain " + Quoted.forShell(file.toString())));
        pathFile.ifPresent(file -> output.prose("paths: foresail paths " + Quoted.forShell(file.toString())));
        if (recorded.missed() > 0) {
            output.hint(recorded.missed() + " decisions came too quickly to be written down");
        }
    }

    private static void call(ForesailNode node, ConfiguredCall call, Output output) {
        CompletableFuture<Void> unused = node.call(call.name(), call.arguments().toArray())
                .whenComplete((done, refused) -> {
                    if (refused != null) {
                        output.hint("the call " + call.name() + call.arguments() + " failed: " + refused.getMessage());
                    }
                });
    }

    private static Optional<NodeFailure> waitForEnd(
            ForesailNode node, Interruption interruption, LiveDecisions recorded) throws InterruptedException {
        boolean enough = false;
        while (!node.failure().isDone() && !enough) {
            enough = interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (recorded.isWanted()) {
                recorded.take(node.statistics().decisions());
            }
        }
        return node.failure().isDone() ? Optional.of(node.failure().join()) : Optional.empty();
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
