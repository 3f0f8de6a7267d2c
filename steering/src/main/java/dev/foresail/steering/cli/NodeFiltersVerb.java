package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code foresail node filters}: which events a running node keeps from having effect, and why. */
@Command(
        name = "filters",
        description = "the event filters of a running node, each with the path that it was put there for")
final class NodeFiltersVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RunningNode running = new RunningNode();

    @Override
    public Integer call() throws IOException {
        Filters filters = running.client().filters(Filters::of);
        Output output = common.output();
        if (filters.paths().isEmpty()) {
            output.prose("the node has no event filters in place");
        } else {
            output.table(filters.table());
            for (String path : filters.paths()) {
                output.prose("");
                output.prose(path);
            }
        }
        output.result(filters.values());
        return ExitCode.DONE;
    }

    /** @param paths for people, one text for each filter */
    private record Filters(Table table, List<String> paths, Map<String, Object> values) {
        static Filters of(JsonObject answer) throws IOException {
            Table table = new Table("filter", "event", "property", "hits of tests", "installed", "expires in");
            List<JsonObject> filters = answer.objects("filters");
            for (JsonObject filter : filters) {
                table.row(
                        String.valueOf(filter.natural("number")),
                        Terminal.line(filter.text("event")),
                        Terminal.line(filter.text("property")),
                        filter.natural("hits") + " of " + filter.natural("tests"),
                        filter.natural("ageSeconds") + " s ago",
                        filter.natural("expiresInSeconds") + " s");
            }
            return new Filters(table, texts(filters), answer.values());
        }

        private static List<String> texts(List<JsonObject> filters) throws IOException {
            List<String> texts = new ArrayList<>();
            for (JsonObject filter : filters) {
                String told = Terminal.line(filter.text("toldBy"));
                StringBuilder text = new StringBuilder("the path that filter " + filter.natural("number")
                        + " was put there for" + (told.isEmpty() ? "" : ", as " + told + " has told") + ":");
                if (filter.values().get("path") instanceof List<?> steps) {
                    steps.forEach(step -> text.append(System.lineSeparator())
                            .append("  ")
                            .append(Terminal.line(String.valueOf(step))));
                }
                texts.add(text.toString());
            }
            return texts;
        }
    }
}
