package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code simulate --coverage} says. */
final class CoverageReport {
    private final Coverage coverage;

    CoverageReport(Coverage coverage) {
        this.coverage = coverage;
    }

    void print(Output output) {
        Table table = new Table("handler", "event", "asked", "enabled", "ran");
        coverage.pairs()
                .forEach(pair -> table.row(pair.handler(), pair.event(), pair.asked(), pair.enabled(), pair.ran()));
        output.prose("");
        output.table(table);
        if (!coverage.stateEvents().isEmpty()) {
            Table states = new Table("state", "event", "asked");
            coverage.stateEvents().forEach(met -> states.row(met.state(), met.event(), met.asked()));
            output.prose("");
            output.table(states);
        }
        if (!coverage.choices().isEmpty()) {
            Table choices = new Table("choice", "made", "taken");
            coverage.choices()
                    .forEach(choice -> choices.row(
                            choice.choice(), choice.made(), choice.taken().toString()));
            output.prose("");
            output.table(choices);
        }
        output.prose("");
        List<String> untried = untried(coverage.never());
        untried.forEach(output::prose);
        if (untried.isEmpty()) {
            output.prose("nothing was left untried");
        }
    }

    private static List<String> untried(Coverage.Never never) {
        List<String> lines = new ArrayList<>();
        tell(lines, "handlers that never ran", never.handlersRun());
        tell(lines, "guards that were never true", never.guardsTrue());
        tell(lines, "guards that were never false", never.guardsFalse());
        tell(lines, "timers that never fired", never.timersFired());
        tell(lines, "messages that nobody got", never.messagesReceived());
        tell(lines, "calls that nobody made", never.callsMade());
        tell(lines, "choice points with nothing to choose", never.choicesMade());
        tell(lines, "alternatives that were never taken", never.alternativesTaken());
        tell(lines, "events that never came in a state", never.stateEventsMet());
        return lines;
    }

    private static void tell(List<String> lines, String what, List<String> names) {
        if (!names.isEmpty()) {
            lines.add(what + ": " + String.join(", ", names));
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("handlers", coverage.pairs());
        json.put("states", coverage.stateEvents());
        json.put("choices", coverage.choices());
        json.put("never", coverage.never());
        return json;
    }
}
