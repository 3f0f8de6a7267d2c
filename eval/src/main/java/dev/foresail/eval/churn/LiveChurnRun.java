package dev.foresail.eval.churn;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.foresail.eval.churn.ChurnRun.Outcome;
import dev.foresail.eval.churn.ChurnRun.Size;
import dev.foresail.eval.churn.Consistency.Told;
import dev.foresail.eval.churn.LivePart.Plan;
import dev.foresail.eval.churn.LivePart.Played;
import dev.foresail.steering.cli.Interruption;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.live.RealClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The run of {@link ChurnRun} with live nodes: real time, TCP over loopback, links that emulate the same topology, the same draws of who dies, joins and asks when, and the same code that judges. A node that dies is
 * ended as its process would be. The nodes are in one process, or in a few where one may not have as many files open ({@link LivePart}).
 */
final class LiveChurnRun {
    private static final int MOST_PROCESSES = 4;
    /** Of a node: where it listens, and what its event loop waits with. */
    private static final long FILES_PER_NODE = 4;

    private static final long BEGINS_AFTER_NANOS = 200_000_000;
    private static final Set<String> SUMS =
            Set.of("messagesSent", "handlersThatThrew", "failedCalls", "nodesThatEnded");
    private static final Set<String> MAXIMA = Set.of("mostOpenFiles", "loopGap99", "loopGapMax", "stageLatenessMax");

    private LiveChurnRun() {}

    /** How many files a process may have open, as far as the system tells. */
    static long mostFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /**
     * In how many processes the nodes are.
     *
     * @throws ConfigurationException FS527 when even in the most a process has too many files open
     */
    static int processes(Size size, double deathsPerSecond, long mostFiles) {
        return IntStream.rangeClosed(1, MOST_PROCESSES)
                .filter(processes -> files(size, deathsPerSecond, processes) <= mostFiles)
                .findFirst()
                .orElseThrow(() -> tooFewFiles(mostFiles, files(size, deathsPerSecond, MOST_PROCESSES)));
    }

    /**
     * How many files a process has open when everybody has sent to everybody: of a connection for each direction both ends or one, and for every node that ever comes an address that is held. Deaths and joins are drawn
     * apart, so there are more nodes at times: with two standard deviations more it will do.
     */
    private static long files(Size size, double deathsPerSecond, int processes) {
        double deviation = Math.sqrt(2 * deathsPerSecond * size.lasting().toSeconds());
        long all = (long) Math.ceil(size.members() + 2 * deviation);
        long here = (all + processes - 1) / processes;
        long connections = 2 * here * (here - 1) + 2 * here * (all - here);
        return connections + FILES_PER_NODE * here + size.nodes(deathsPerSecond) + LivePart.FILES_IN_RESERVE;
    }

    private static ConfigurationException tooFewFiles(long may, long needs) {
        return new ConfigurationException(
                "FS527",
                "a process with live nodes may have " + may + " files and sockets open and needs up to " + needs
                        + "; allow it more ('ulimit -n " + needs + "')");
    }

    private static ConfigurationException outOfFiles(double open) {
        return new ConfigurationException(
                "FS527",
                "a process with live nodes had " + Math.round(open)
                        + " files and sockets open, nearly as many as it may,"
                        + " which are more than were reckoned; allow it twice as many ('ulimit -n "
                        + 2 * Math.round(open) + "')");
    }

    /**
     * Plays one; blocks until all nodes are closed.
     *
     * @return with the figures of {@link Played} and {@code processes}; empty when the end was asked for before
     * @throws ConfigurationException FS527 when a process came close to as many open files as it may have
     * @throws IOException when another process cannot be started, or ends, or has not played the same
     */
    static Optional<Outcome> play(Plan plan, Interruption interruption) throws IOException, InterruptedException {
        List<LivePartJvm> others = new ArrayList<>();
        try (LivePart part = new LivePart(plan, 0, Map.of())) {
            for (int process = 1; process < plan.processes(); process++) {
                others.add(new LivePartJvm(plan, process, part.addresses()));
            }
            for (LivePartJvm other : others) {
                if (!other.awaitReady(interruption)) {
                    return Optional.empty();
                }
            }
            long fromNanos = RealClock.nanos() + BEGINS_AFTER_NANOS;
            others.forEach(other -> other.begin(fromNanos));
            Optional<Played> here = part.play(
                    fromNanos,
                    () -> interruption.isRequested() || others.stream().anyMatch(LivePartJvm::hasFailed));
            List<Played> all = new ArrayList<>(here.stream().toList());
            for (LivePartJvm other : failedFirst(others)) {
                if (all.stream().noneMatch(Played::isOutOfFiles)) {
                    other.played(interruption).ifPresent(all::add);
                }
            }
            boolean isWhole = all.size() == plan.processes() || all.stream().anyMatch(Played::isOutOfFiles);
            return isWhole ? Optional.of(together(plan, all)) : Optional.empty();
        } finally {
            others.forEach(LivePartJvm::close);
        }
    }

    /** Those that have not would play on to their end. */
    private static List<LivePartJvm> failedFirst(List<LivePartJvm> others) {
        return others.stream()
                .sorted(Comparator.comparing(other -> !other.hasFailed()))
                .toList();
    }

    /**
     * What the processes have played; the draws are the same in all.
     *
     * @throws ConfigurationException FS527 when one came close to as many open files as it may have
     * @throws IOException when other nodes died or joined in one than in another
     */
    static Outcome together(Plan plan, List<Played> all) throws IOException {
        OptionalDouble open = all.stream()
                .filter(Played::isOutOfFiles)
                .mapToDouble(part -> part.figures().getOrDefault("mostOpenFiles", Double.NaN))
                .max();
        if (open.isPresent()) {
            throw outOfFiles(open.getAsDouble());
        }
        List<String> schedules = all.stream().map(Played::schedule).distinct().toList();
        if (schedules.size() > 1) {
            throw new IOException(
                    "the processes with live nodes have not let the same nodes die and join at the same times ("
                            + String.join(", ", schedules)
                            + "), so what they measured does not belong together: a node has ended by itself, or a process"
                            + " was late by more than the deadline of an answer");
        }
        SortedMap<Integer, List<Told>> judged = new TreeMap<>();
        all.forEach(part -> part.judged()
                .forEach((number, members) -> judged.computeIfAbsent(number, added -> new ArrayList<>())
                        .addAll(members)));
        Consistency consistency = new Consistency();
        judged.values().forEach(consistency::add);
        SortedMap<String, Double> figures = new TreeMap<>(all.get(0).figures());
        figures.putAll(ChurnScenario.figures(consistency));
        figures.replaceAll((name, first) -> put(name, first, all));
        figures.put("processes", (double) all.size());
        return new Outcome(
                plan.seed(),
                plan.deathsPerSecond(),
                figures,
                figures.getOrDefault("handlersThatThrew", 0.0).intValue(),
                schedules.get(0));
    }

    private static double put(String name, double first, List<Played> all) {
        double[] values = all.stream()
                .mapToDouble(part -> part.figures().getOrDefault(name, Double.NaN))
                .toArray();
        if (SUMS.contains(name)) {
            return Arrays.stream(values).sum();
        }
        if (MAXIMA.contains(name)) {
            return Arrays.stream(values).max().orElse(Double.NaN);
        }
        return name.equals("joinedPercent") ? Arrays.stream(values).average().orElse(Double.NaN) : first;
    }
}
