package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foresail node status}: what a running node is and does. */
@Command(name = "status", description = "what a running node is and does")
final class NodeStatusVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RunningNode running = new RunningNode();

    @Override
    public Integer call() throws IOException {
        Status status = running.client().status(Status::of);
        Output output = common.output();
        output.table(status.figures());
        for (Table table : status.timing()) {
            output.prose("");
            output.table(table);
        }
        if (status.interventions().isPresent()) {
            output.prose("");
            output.prose("the latest interventions of steering, oldest first:");
            output.table(status.interventions().get());
        }
        output.result(status.values());
        return ExitCode.DONE;
    }

    /**
     * What the node says of itself.
     *
     * @param timing its layers' time-outs, and its timers
     */
    private record Status(
            Table figures, List<Table> timing, Optional<Table> interventions, Map<String, Object> values) {
        static Status of(JsonObject status) throws IOException {
            List<JsonObject> interventions = status.objects("interventions");
            Optional<Table> latest = interventions.isEmpty() ? Optional.empty() : Optional.of(table(interventions));
            List<Table> timing = new ArrayList<>();
            List<JsonObject> timeOuts = status.objects("timeOuts");
            List<JsonObject> timers = status.objects("timers");
            if (!timeOuts.isEmpty()) {
                timing.add(timeOuts(timeOuts));
            }
            if (!timers.isEmpty()) {
                timing.add(timers(timers));
            }
            return new Status(table(status), timing, latest, status.values());
        }
    }

    private static Table table(JsonObject status) throws IOException {
        JsonObject ahead = status.object("lookingAhead");
        JsonObject decisions = status.object("decisions");
        return new Table("node " + status.natural("node"), "of " + Terminal.line(status.text("protocol")))
                .row("steering", Terminal.line(status.text("mode")))
                .row("up for", status.natural("uptimeSeconds") + " s")
                .row("incarnation", String.valueOf(status.natural("incarnation")))
                .row("events handled", String.valueOf(status.natural("eventsHandled")))
                .row("events turned away", String.valueOf(status.natural("eventsTurnedAway")))
                .row(
                        "looking ahead",
                        ahead.natural("rounds") + " rounds, " + ahead.natural("worlds") + " worlds, "
                                + ahead.natural("foreseen") + " violations foreseen, "
                                + ahead.natural("filtersInstalled") + " filters installed")
                .row("messages sent", String.valueOf(status.natural("messagesSent")))
                .row(
                        "decisions",
                        decisions.natural("predicted") + " predicted, " + decisions.natural("cached") + " cached, "
                                + decisions.natural("fallback") + " by the fast policy")
                .row("explored", explored(status))
                .row("peers connected", peers(status.values().getOrDefault("peersConnected", "")))
                .row("peers suspected", peers(status.values().getOrDefault("peersSuspected", "")));
    }

    private static Table timeOuts(List<JsonObject> timeOuts) throws IOException {
        Table table = new Table("time-out", "of", "ms", "waits for", "shorter than");
        for (JsonObject timeOut : timeOuts) {
            table.row(
                    Terminal.line(timeOut.text("name")),
                    Terminal.line(timeOut.text("layer")),
                    timeOut.natural("millis"),
                    Terminal.line(timeOut.text("awaited")),
                    peers(timeOut.values().getOrDefault("shorterThan", "")));
        }
        return table;
    }

    private static Table timers(List<JsonObject> timers) throws IOException {
        Table table = new Table("timer", "ms", "left ms");
        for (JsonObject timer : timers) {
            table.row(Terminal.line(timer.text("name")), timer.natural("delayMillis"), timer.natural("leftMillis"));
        }
        return table;
    }

    private static String explored(JsonObject status) throws IOException {
        return status.values().containsKey("explored") && status.natural("explored") > 0
                ? status.natural("explored") + " decisions, predicted to cost "
                        + Terminal.line(status.text("exploredPredictedRegret")) + " more than the best in all"
                : "nothing";
    }

    private static String peers(Object ids) {
        String text =
                ids instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(", ")) : "";
        return text.isEmpty() ? "none" : Terminal.line(text);
    }

    private static Table table(List<JsonObject> interventions) throws IOException {
        Table table = new Table("handler", "property", "by", "kept from it", "event");
        for (JsonObject intervention : interventions) {
            table.row(
                    Terminal.line(intervention.text("handler")),
                    Terminal.line(intervention.text("property")),
                    Terminal.line(intervention.text("kind")),
                    intervention.flag("steered") ? "yes" : "only observed",
                    Terminal.line(intervention.text("event")));
        }
        return table;
    }
}
