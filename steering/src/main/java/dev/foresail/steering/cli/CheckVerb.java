package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.determinism.NonDeterminismException;
import dev.foresail.predictor.model.DefaultScenario;
import dev.foresail.predictor.model.ExplorationScenario;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.search.Explorer;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchReport;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceDivergedException;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code foresail check}: whether something bad can happen in a protocol, whatever the order of events. */
@Command(name = "check", description = "explore what can happen in a protocol, and look for violated properties")
public final class CheckVerb implements Verb {
    /** For all paths together, after the search. */
    private static final long SECONDS_FOR_PATHS = 30;

    private static final long SECONDS_FOR_PROFILE = 10;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Parameters(
            paramLabel = "PROTOCOL",
            completionCandidates = ProtocolNames.class,
            description = "a short name or a fully qualified class; on the class path: ${COMPLETION-CANDIDATES}")
    private String protocol = "";

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "which nodes, calls and failures there are; else the protocol's own, else 'default'")
    private Optional<String> scenario = Optional.empty();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting of the scenario; may be repeated")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--trace-dir",
            paramLabel = "DIR",
            defaultValue = "foresail-traces",
            description = "where paths to violations are written (${DEFAULT-VALUE})")
    private Path traceDirectory = Path.of("foresail-traces");

    @Option(
            names = "--determinism",
            description =
                    "look into the code for what makes a handler depend on more than it is given, and run each twice")
    private boolean determinism;

    @Option(names = "--profile", description = "show why there are so many worlds")
    private boolean profile;

    @Option(
            names = "--snapshot",
            paramLabel = "FILE",
            description = "begin with a deployment's state, as a live node has recorded it")
    private Optional<Path> snapshot = Optional.empty();

    @Override
    public Integer call() {
        if (snapshot.isPresent() && scenario.isPresent()) {
            throw new ConfigurationException(
                    "FS242",
                    "--snapshot and --scenario: a check begins with the one or with the other;"
                            + " --set gives network, failures and calls to a snapshot too");
        }
        Output output = common.output();
        if (search.kind() == SearchKind.WALK || profile) {
            output.prose("seed " + search.seed());
        }
        search.ignored(profile)
                .forEach(option -> output.hint(option + " means nothing to this kind of search and is ignored"));
        FoundPaths.requireWritable(traceDirectory);
        ClassLoader loader = classPath.loader();
        GuardedCode code = new GuardedCode(loader);
        return check(code.again(Protocols.of(loader).find(protocol)), code, loader, output);
    }

    private <S> int check(Machine<S> machine, GuardedCode code, ClassLoader loader, Output output) {
        // Before it is read, so that a file that changes meanwhile is noticed at the replay.
        Optional<Trace.SnapshotUsed> begin = snapshot.map(Trace.SnapshotUsed::of);
        SearchSettings searched = determinism ? search.settings().checkingDeterminism() : search.settings();
        ExplorationScenario<S> explored = snapshot.<ExplorationScenario<S>>map(
                        file -> SnapshotFiles.scenario(machine, file, output))
                .orElseGet(() -> code.again(Explorations.of(loader).choose(machine, scenario)));
        SystemModel<S> model = Explorations.model(machine, explored, settings);
        output.prose("checking " + machine.protocol() + ", scenario " + explored.name() + ": "
                + model.nodes().size() + " nodes");
        sayWhatIsNotTried(machine, explored, output);
        model.nodes().values().stream().limit(1).forEach(parameters -> TimeOutHints.tell(machine, parameters, output));
        Map<String, Object> scanned = new LinkedHashMap<>();
        boolean isClean = !determinism || CodeScan.passes(machine, loader, output, scanned);
        try (HeapWatch heap = new HeapWatch(searched.maxHeapBytes())) {
            Searched came = search(model, searched, heap, output);
            SearchReport report = came.report();
            long heapBytes = heap.largestBytes();
            Trace.Origin origin = new Trace.Origin(machine.protocol(), explored.name(), new TreeMap<>(settings), begin);
            CheckReport said = new CheckReport(model, searched, report, paths(model, origin, report), isClean);
            said.print(output, classPath.asGiven());
            Map<String, Object> json = said.json(heapBytes);
            if (profile) {
                growth(model, came)
                        .ifPresentOrElse(
                                growth -> {
                                    growth.print(output, report.worldsByDepth());
                                    json.put("possiblePerWorld", growth.kinds());
                                },
                                () -> output.hint("no profile: a handler does not come back"));
            }
            json.putAll(scanned);
            output.result(json);
            return said.exitCode();
        } catch (NonDeterminismException | TraceDivergedException differs) {
            output.hint("not deterministic: " + differs.getMessage());
            Map<String, Object> json = CheckReport.withoutResult(model, searched, String.valueOf(differs.getMessage()));
            json.putAll(scanned);
            output.result(json);
            return ExitCode.DIVERGED;
        }
    }

    private static <S> void sayWhatIsNotTried(Machine<S> machine, ExplorationScenario<S> explored, Output output) {
        if (explored instanceof DefaultScenario<S> simple
                && !simple.notOffered().isEmpty()) {
            output.hint("not offered: " + String.join(", ", simple.notOffered())
                    + "; they take more than another node: write a scenario (docs/checking.md)");
        }
        if (machine.handlesSuspicions()) {
            output.hint("nobody is suspected here: handlers marked @OnSuspicion do not run (docs/failures.md)");
        }
    }

    /** Each path short and readable, as far as there is time. */
    private <S> List<FoundPath> paths(SystemModel<S> model, Trace.Origin origin, SearchReport report) {
        TimeShare time = new TimeShare(SECONDS_FOR_PATHS, WallClock::nanos, common.interruption());
        FoundPaths<S> found = new FoundPaths<>(model, origin, report.kind(), traceDirectory, time::isOver);
        return report.violations().stream()
                .map(violation -> time.resultOf(() -> found.save(violation))
                        .orElseGet(() -> FoundPath.untold(violation, "going along the path again took too long")))
                .toList();
    }

    /** Empty when a handler stays in a library: where the search met one, it is not entered again. */
    private <S> Optional<Growth> growth(SystemModel<S> model, Searched came) {
        TimeShare time = new TimeShare(SECONDS_FOR_PROFILE, WallClock::nanos, common.interruption());
        return came.back() ? time.resultOf(() -> Growth.of(model, search.seed(), time::isOver)) : Optional.empty();
    }

    /**
     * What is known of a search.
     *
     * @param back whether it has come back to say so
     */
    private record Searched(SearchReport report, boolean back) {}

    private <S> Searched search(SystemModel<S> model, SearchSettings searched, HeapWatch heap, Output output) {
        SearchWatch watch = new SearchWatch(model.machine(), searched, WallClock::nanos, common.interruption());
        ExecutorService workers = Executors.newCachedThreadPool(watch::newThread);
        try (Progress progress = output.progress("checking " + model.machine().protocol())) {
            SearchResources resources = new SearchResources(
                    workers,
                    WallClock::nanos,
                    heap::lastBytes,
                    common.interruption()::isRequested,
                    (depth, worlds, transitions, frontier) -> {
                        watch.reached(depth, worlds, transitions);
                        progress.update(() -> reached(depth, worlds, transitions, frontier));
                    });
            SearchReport report = watch.await(workers.submit(() -> new Explorer<>(model, resources).search(searched)));
            watch.heapFullAt().ifPresent(line -> output.hint("there was no more memory at " + line));
            return new Searched(report, watch.cameBack());
        } catch (ExecutionException failed) {
            throw TimeShare.thrownBy(failed);
        } catch (InterruptedException interrupted) {
            throw TimeShare.nobodyInterrupts(interrupted);
        } finally {
            workers.shutdownNow();
        }
    }

    private static String reached(int depth, long worlds, long transitions, long frontier) {
        return String.format(
                Locale.ROOT,
                "depth %d, %,d worlds, %,d transitions, %,d worlds to go on from",
                depth,
                worlds,
                transitions,
                frontier);
    }
}
