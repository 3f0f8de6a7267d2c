package dev.foresail.randtree.demo;

import dev.foresail.network.topology.Topology;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.randtree.RandTreeMachine;
import dev.foresail.randtree.trial.Variant;
import dev.foresail.steering.cli.CommonOptions;
import dev.foresail.steering.cli.ExitCode;
import dev.foresail.steering.cli.Output;
import dev.foresail.steering.cli.Progress;
import dev.foresail.steering.cli.SimulationConfigurations;
import dev.foresail.steering.cli.TopologyOptions;
import dev.foresail.steering.cli.Verb;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.SimulationConfiguration;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foresail demo}: live RandTree nodes over TCP on loopback with emulated wide-area links, in all variants. */
@Command(
        name = "demo",
        description = "deploy live RandTree nodes: they join, half of them fail and come back; compare who chooses")
public final class DemoVerb implements Verb {
    /** What a variant's schedule takes, for the progress bar: joining, settling, failing, coming back. */
    private static final double SCHEDULE_SECONDS = 8;

    private static final int MOST_NODES = 250;
    private static final long END_SECONDS = 5;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private TopologyOptions topology = new TopologyOptions();

    @Option(
            names = "--runs",
            defaultValue = "1",
            description = "how many, with seeds from --seed on (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--nodes", defaultValue = "31", description = "how many nodes, 3 to 250 (${DEFAULT-VALUE})")
    private int nodes;

    @Option(names = "--seed", defaultValue = "1", description = "of links, order and failures (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "objectives, and how the network changes (YAML); else the mean depth")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--one-by-one", description = "play the variants one after the other, not side by side")
    private boolean oneByOne;

    @Override
    public Integer call() {
        Output output = common.output();
        output.prose("seed " + seed);
        if (runs < 1 || nodes < 3 || nodes > MOST_NODES) {
            throw new ConfigurationException(
                    "FS200", "--runs is at least 1 and --nodes 3 to " + MOST_NODES + ", not " + runs + " and " + nodes);
        }
        SimulationConfiguration configuration = new SimulationConfigurations(
                        new RandTreeMachine(), DemoVerb.class.getClassLoader(), output)
                .choose(config, Optional.empty());
        configuration.topology().check(nodes);
        LongFunction<Topology> plain = topology.topologies(nodes);
        List<DemoRun> played = play(
                variants(configuration),
                runSeed -> configuration.topology().over(plain.apply(runSeed), runSeed),
                output);
        DemoReport report = new DemoReport(nodes, played);
        report.print(output);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("nodes", nodes);
        json.put("runs", played.stream().map(DemoRun::json).toList());
        if (played.size() < runs) {
            output.prose("partial: interrupted after " + played.size() + " of " + runs + " runs");
            json.put("partial", true);
        }
        output.result(json);
        return played.size() == runs && report.isWhole() ? ExitCode.DONE : ExitCode.UNKNOWN;
    }

    private static List<Variant<?>> variants(SimulationConfiguration configuration) {
        Objective objective = configuration
                .resolver()
                .objective()
                .orElseThrow(() -> new ConfigurationException(
                        "FS222", "the configuration has no objectives; the demo compares predictions with policies"));
        return List.of(
                Variant.baseline(),
                Variant.roundRobin(),
                Variant.leastDelegated(),
                Variant.random(),
                Variant.predicted(objective));
    }

    /** Plays the runs one after the other; an interruption gives up the run that is under way. */
    private List<DemoRun> play(List<Variant<?>> variants, LongFunction<Topology> topologies, Output output) {
        int width = oneByOne ? 1 : variants.size();
        double expectedSeconds = runs * SCHEDULE_SECONDS * variants.size() / width;
        List<DemoRun> played = new ArrayList<>();
        ExecutorService stages = Executors.newFixedThreadPool(width, new DefaultThreadFactory("foresail-demo", true));
        ExecutorService player = Executors.newSingleThreadExecutor(new DefaultThreadFactory("foresail-demo", true));
        try (Progress progress = output.progress("playing " + runs + (runs == 1 ? " run" : " runs"))) {
            for (int run = 0; run < runs && !common.interruption().isRequested(); run++) {
                long runSeed = seed + run;
                Future<DemoRun> playing =
                        player.submit(() -> DemoRun.play(variants, nodes, runSeed, topologies.apply(runSeed), stages));
                await(playing, progress, run * expectedSeconds / runs, expectedSeconds)
                        .ifPresent(played::add);
            }
        } finally {
            end(stages);
            player.shutdownNow();
        }
        return played;
    }

    /** Interrupts what is being played, which ends its nodes, and waits until they are gone. */
    private static void end(ExecutorService stages) {
        stages.shutdownNow();
        try {
            boolean unused = stages.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty when the user has had enough before the run was whole. */
    private Optional<DemoRun> await(Future<DemoRun> playing, Progress progress, double before, double expectedSeconds) {
        double waited = 0;
        while (!common.interruption().isRequested()) {
            try {
                return Optional.of(playing.get(100, TimeUnit.MILLISECONDS));
            } catch (java.util.concurrent.TimeoutException stillPlaying) {
                waited += 0.1;
                progress.update(Math.min(before + waited, expectedSeconds), expectedSeconds);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            } catch (java.util.concurrent.ExecutionException failed) {
                throw new IllegalStateException("a run of the demo failed", failed.getCause());
            }
        }
        return Optional.empty();
    }
}
