package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.Coverage;
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
        if (!coverage.choices().isEmpty()) {
            Table choices = new Table("choice", "made", "taken");
            coverage.choices()
                    .forEach(choice -> choices.row(
                            choice.choice(), choice.made(), choice.taken().toString()));
            output.prose("");
            output.table(choices);
        }
        output.prose("");
        Coverage.Never never = coverage.never();
        tell(output, "handlers that never ran", never.handlersRun());
        tell(output, "guards that were never true", never.guardsTrue());
        tell(output, "guards that were never false", never.guardsFalse());
        tell(output, "timers that never fired", never.timersFired());
        tell(output, "messages that nobody got", never.messagesReceived());
        tell(output, "calls that nobody made", never.callsMade());
        tell(output, "choice points with nothing to choose", never.choicesMade());
        tell(output, "alternatives that were never taken", never.alternativesTaken());
    }

    private static void tell(Output output, String what, List<String> names) {
        if (!names.isEmpty()) {
            output.prose(what + ": " + String.join(", ", names));
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("handlers", coverage.pairs());
        json.put("choices", coverage.choices());
        json.put("never", coverage.never());
        return json;
    }
}
