package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonObject;
import dev.foresail.steering.operations.OperationsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a running node knows of its links: the options that ask for it, and the table. */
final class RunningLinks {
    private static final double MICROS_PER_MILLI = 1e3;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double MILLIONTHS_PER_PERCENT = 1e4;
    /** To the upper left corner; what was there is cleared. */
    private static final String REDRAW = "\u001b[H\u001b[J";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            description = "what a running node knows of its links; what its configuration has as operations.listen")
    private Optional<String> address = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "FILE",
            defaultValue = "${env:FORESAIL_TOKEN}",
            description = "with --at, the file with the node's token; without it, the one that FORESAIL_TOKEN names")
    private Optional<Path> token = Optional.empty();

    @Option(names = "--watch", description = "with --at, draw the table every second until Ctrl-C")
    private boolean watched;

    boolean isAsked() {
        if (address.isEmpty() && watched) {
            throw mistake("--watch needs --at: only what a running node knows changes");
        }
        return address.isPresent();
    }

    private ParameterException mistake(String explanation) {
        return new ParameterException(mixee.commandLine(), explanation);
    }

    /** Tells once, or until the user has seen enough. */
    int tell(Output output, Interruption interruption) {
        if (token.isEmpty()) {
            throw mistake("--at needs --token, or FORESAIL_TOKEN");
        }
        if (watched && !output.isDrawn()) {
            throw mistake("--watch draws on a terminal; ask again and again without it instead");
        }
        OperationsClient client = RunningNode.client(mixee, address.orElseThrow(), token.get());
        boolean enough = false;
        while (!enough) {
            Known known = client.links(Known::of);
            output.prose((watched ? REDRAW : "") + known.heading());
            output.table(known.table());
            output.result(known.values());
            enough = !watched || isEnough(interruption);
        }
        return ExitCode.DONE;
    }

    private static boolean isEnough(Interruption interruption) {
        try {
            return interruption.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private record Known(String heading, Table table, Map<String, Object> values) {
        static Known of(JsonObject told) throws IOException {
            String heading = "links of node " + told.natural("node") + ": " + told.natural("peers")
                    + " measured; estimates by coordinates are off by some " + told.natural("placeErrorPercent") + " %";
            Table table = new Table(
                    "peer",
                    "rtt ms",
                    "by",
                    "spread",
                    "samples",
                    "age s",
                    "least ms",
                    "estimate ms",
                    "KiB/s",
                    "loss %",
                    "95 %");
            for (JsonObject link : told.objects("links")) {
                table.row(
                        link.natural("peer"),
                        figure(link, "roundTripMicros", MICROS_PER_MILLI),
                        link.values().containsKey("measuredBy") ? link.text("measuredBy") : "-",
                        figure(link, "spreadMicros", MICROS_PER_MILLI),
                        figure(link, "samples", 1),
                        figure(link, "ageMillis", MILLIS_PER_SECOND),
                        figure(link, "leastMicros", MICROS_PER_MILLI),
                        figure(link, "estimateMicros", MICROS_PER_MILLI),
                        figure(link, "bytesPerSecond", 1024),
                        figure(link, "lossPerMillion", MILLIONTHS_PER_PERCENT),
                        interval(link));
            }
            return new Known(heading, table, told.values());
        }

        private static String interval(JsonObject link) throws IOException {
            return link.values().containsKey("lossHighPerMillion")
                    ? Table.number(figure(link, "lossLowPerMillion", MILLIONTHS_PER_PERCENT)) + ".."
                            + Table.number(figure(link, "lossHighPerMillion", MILLIONTHS_PER_PERCENT))
                    : "-";
        }

        /** What is not known shows as a dash. */
        private static double figure(JsonObject link, String name, double unit) throws IOException {
            return link.values().containsKey(name) ? link.natural(name) / unit : Double.NaN;
        }
    }
}
