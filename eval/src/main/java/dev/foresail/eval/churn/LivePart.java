package dev.foresail.eval.churn;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.churn.Consistency.Told;
import dev.foresail.network.topology.PowerLaw;
import dev.foresail.predictor.node.NodeSettings;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.live.LiveObserver;
import dev.foresail.steering.live.LiveOutcome;
import dev.foresail.steering.live.LiveStage;
import dev.foresail.steering.live.LiveStageSettings;
import dev.foresail.steering.live.StageShare;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * The live nodes of one process, of several that play a run together: each plays the whole scenario and has every n-th node. What members of a group were told is put together afterwards. For one run; not thread-safe.
 */
final class LivePart implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration COUNT_EVERY = Duration.ofSeconds(1);
    /** Of the files that a process may have open, the JVM's own and what is opened until the next count. */
    static final long FILES_IN_RESERVE = 300;

    private static final double MICROS_PER_MILLI = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Plan plan;
    private final SortedMap<Integer, List<Told>> judged = new TreeMap<>();
    private final ScheduleDigest schedule = new ScheduleDigest();
    private final ChurnScenario scenario = new ChurnScenario.OverBamboo(judged::put, schedule);
    private final LiveStage<Stack> stage;

    /**
     * What is played.
     *
     * @param bamboo settings of the protocol
     * @param processes at least 1
     */
    record Plan(Size size, double deathsPerSecond, Map<String, String> bamboo, long seed, int processes) {
        boolean hosts(int process, NodeId node) {
            return (node.value() - 1) % processes == process;
        }
    }

    /**
     * What came of it.
     *
     * @param judged what members of each lookup were told that are in this process, by the lookup's number
     * @param figures what the scenario has noted, {@code messagesSent}, {@code handlersThatThrew}, {@code failedCalls}, {@code nodesThatEnded}, {@code mostOpenFiles}, and in milliseconds how late event loops got to what
     *     was due, {@code loopGap99} and {@code loopGapMax}, and the stage to what was planned, {@code stageLatenessMax}
     * @param schedule who died and joined when, as {@link ScheduleDigest} has it
     * @param isOutOfFiles whether it was ended because the process may hardly have more files open
     */
    record Played(
            SortedMap<Integer, List<Told>> judged,
            SortedMap<String, Double> figures,
            String schedule,
            boolean isOutOfFiles) {}

    /**
     * @param process counts from 0
     * @param addresses where all nodes listen, as the first process has chosen; empty for that one
     */
    LivePart(Plan plan, int process, Map<NodeId, InetSocketAddress> addresses) {
        this.plan = plan;
        Machine<Stack> machine = ChurnRun.machine();
        LiveStageSettings<Stack> settings = new LiveStageSettings<>(
                machine,
                ParameterValues.read(machine.parameters(), plan.bamboo()),
                plan.size().ids(plan.deathsPerSecond()),
                PowerLaw.generate(plan.size().nodes(plan.deathsPerSecond()), plan.seed()),
                plan.seed(),
                plan.seed(),
                ResolverSettings.policy(ResolverSettings.Kind.FIRST),
                NodeSettings.DEFAULT,
                1,
                SteeringMode.OFF);
        StageShare share =
                plan.processes() == 1 ? StageShare.WHOLE : new StageShare(node -> plan.hosts(process, node), addresses);
        stage = new LiveStage<>(settings, UnaryOperator.identity(), LiveObserver.none(), share);
    }

    Map<NodeId, InetSocketAddress> addresses() {
        return stage.addresses();
    }

    /**
     * Blocks until all its nodes are closed.
     *
     * @param fromNanos when all processes begin, of {@link dev.foresail.steering.live.RealClock#nanos}
     * @param isEnough whether it is to end before its time; asked now and then, on another thread
     * @return empty when it did
     */
    Optional<Played> play(long fromNanos, BooleanSupplier isEnough) {
        Watched watched = new Watched(scenario, isEnough);
        Size size = plan.size();
        LiveOutcome live = stage.play(watched, size.values(scenario, plan.deathsPerSecond()), size.whole(), fromNanos);
        // Whoever asks for the end ends the run; else its time does.
        boolean isPlayed = watched.isOutOfFiles || !live.finished();
        return isPlayed
                ? Optional.of(new Played(
                        judged, figures(live, watched.mostOpenFiles), schedule.toString(), watched.isOutOfFiles))
                : Optional.empty();
    }

    @Override
    public void close() {
        stage.close();
    }

    private static SortedMap<String, Double> figures(LiveOutcome live, long mostOpenFiles) {
        SortedMap<String, Double> figures = new TreeMap<>(live.records());
        figures.put("messagesSent", (double) live.messagesSent());
        figures.put("handlersThatThrew", (double) live.events().threw());
        figures.put("mostOpenFiles", (double) mostOpenFiles);
        long calls = live.failures().stream()
                .filter(failure -> failure.startsWith("call of "))
                .count();
        figures.put("failedCalls", (double) calls);
        figures.put("nodesThatEnded", (double) (live.failures().size() - calls));
        figures.put("loopGap99", live.loopGaps().micros(0.99) / MICROS_PER_MILLI);
        figures.put("loopGapMax", live.longestLoopGap().toNanos() / NANOS_PER_MILLI);
        figures.put("stageLatenessMax", live.longestLateness().toNanos() / NANOS_PER_MILLI);
        return figures;
    }

    /** Ends the run when the end is asked for, or when the process has hardly any files left: connections that cannot be made would be taken for the protocol's. For one stage; used on its thread, and read afterwards. */
    private static final class Watched implements Scenario {
        private final Scenario scenario;
        private final BooleanSupplier isEnough;
        private volatile long mostOpenFiles;
        private volatile boolean isOutOfFiles;

        Watched(Scenario scenario, BooleanSupplier isEnough) {
            this.scenario = scenario;
            this.isEnough = isEnough;
        }

        @Override
        public String name() {
            return scenario.name();
        }

        @Override
        public List<ParameterDescription> parameters() {
            return scenario.parameters();
        }

        @Override
        public Duration duration(int nodes) {
            return scenario.duration(nodes);
        }

        @Override
        public void play(Stage stage, List<Object> values) {
            scenario.play(stage, values);
            look(stage);
            if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
                count(stage, system);
            }
        }

        private void look(Stage stage) {
            if (isEnough.getAsBoolean()) {
                stage.finish();
            } else {
                stage.at(stage.now().plus(LOOK_EVERY), () -> look(stage));
            }
        }

        private void count(Stage stage, UnixOperatingSystemMXBean system) {
            mostOpenFiles = Math.max(mostOpenFiles, system.getOpenFileDescriptorCount());
            if (mostOpenFiles > system.getMaxFileDescriptorCount() - FILES_IN_RESERVE) {
                isOutOfFiles = true;
                stage.finish();
            } else {
                stage.at(stage.now().plus(COUNT_EVERY), () -> count(stage, system));
            }
        }
    }
}
