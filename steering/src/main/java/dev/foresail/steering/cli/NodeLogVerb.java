package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.log.LogText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foresail node log}: the latest that a running node has done. */
@Command(name = "log", description = "the latest events of a running node, and what its handlers have done with them")
final class NodeLogVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RunningNode running = new RunningNode();

    @Option(names = "--last", paramLabel = "N", description = "only so many of the latest events")
    private int last = Integer.MAX_VALUE;

    @Override
    public Integer call() throws IOException {
        Counts.atLeastOne("--last", last);
        Kept kept = running.client().log(answer -> Kept.of(answer, last));
        Output output = common.output();
        if (kept.lines().isEmpty()) {
            output.prose("the node keeps no events, or has handled none");
        }
        kept.lines().forEach(line -> output.prose(Terminal.line(line)));
        output.result(kept.values());
        return ExitCode.DONE;
    }

    /** @param lines for people: each event with the seconds since */
    private record Kept(List<String> lines, Map<String, Object> values) {
        static Kept of(JsonObject answer, int last) throws IOException {
            List<JsonObject> all = answer.objects("steps");
            List<JsonObject> steps = all.subList(Math.max(0, all.size() - last), all.size());
            List<String> lines = new ArrayList<>();
            for (JsonObject step : steps) {
                lines.addAll(LogText.lines(LogText.time(step.whole("atNanos") - answer.whole("nowNanos")), step));
            }
            answer.values().put("steps", steps.stream().map(JsonObject::values).toList());
            return new Kept(lines, answer.values());
        }
    }
}
