package dev.foresail.predictor.log;

import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.node.Step;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was logged as an object of a JSON line, docs/operations.md names the fields; and such an object in words. Pure functions. */
public final class LogText {
    private static final String INDENT = "        ";
    private static final double NANOS_PER_SECOND = 1e9;
    /** Of what authors' records say of themselves. */
    private static final int LONGEST = 2_000;

    private LogText() {}

    /**
     * A step as far as it is asked for.
     *
     * @param offsetNanos is added to its time
     */
    public static Map<String, Object> object(LoggedStep step, long offsetNanos, Set<LogLevel> levels) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("number", step.number());
        object.put("atNanos", step.atNanos() + offsetNanos);
        object.put("node", step.node().value());
        object.put("kind", step.kind());
        boolean tellsMessages = levels.contains(LogLevel.MESSAGE);
        object.put("text", tellsMessages ? shown(() -> EventText.of(step.event())) : withoutContent(step));
        object.put("outcome", step.outcome());
        if (!step.handler().isEmpty()) {
            object.put("handler", step.handler());
        }
        step.cause().ifPresent(cause -> object.put("after", cause));
        if (levels.contains(LogLevel.STATE) && !step.changes().isEmpty()) {
            object.put("changes", step.changes().stream().map(LogText::object).toList());
        }
        if (tellsMessages && !step.effects().sends().isEmpty()) {
            object.put(
                    "sends",
                    step.effects().sends().stream().map(LogText::object).toList());
            if (step.effects().moreSends() > 0) {
                object.put("moreSends", (long) step.effects().moreSends());
            }
        }
        if (levels.contains(LogLevel.GENERATED) && !step.effects().timers().isEmpty()) {
            object.put(
                    "timers",
                    step.effects().timers().stream().map(LogText::object).toList());
        }
        return object;
    }

    /** Whether there is anything to be told of a step at these levels. */
    public static boolean isOfInterest(LoggedStep step, Set<LogLevel> levels) {
        boolean isMessage = step.event() instanceof Event.Delivery
                || !step.effects().sends().isEmpty();
        return levels.contains(LogLevel.EVENT)
                || levels.contains(LogLevel.STATE) && !step.changes().isEmpty()
                || levels.contains(LogLevel.MESSAGE) && isMessage
                || levels.contains(LogLevel.GENERATED)
                        && !step.effects().timers().isEmpty();
    }

    private static String withoutContent(LoggedStep step) {
        if (step.event() instanceof Event.Delivery delivery) {
            return step.kind() + " from " + delivery.from();
        }
        return step.event() instanceof Event.Call ? step.kind() : EventText.of(step.event());
    }

    private static Map<String, Object> object(LoggedStep.Change change) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("field", change.field());
        object.put("before", shown(change::before));
        object.put("after", shown(change::after));
        return object;
    }

    private static Map<String, Object> object(Step.Send send) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("to", send.to().value());
        object.put("message", shown(() -> FieldValue.text(send.message())));
        return object;
    }

    private static Map<String, Object> object(Effects.TimerChange change) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("timer", change.timer());
        if (!change.isCancelled()) {
            object.put("delayNanos", change.delayNanos());
        }
        return object;
    }

    /** What makes a text of something of an author's. */
    @FunctionalInterface
    public interface Texting {
        String text();
    }

    /** Whatever the author's code does, nothing is thrown. */
    public static String shown(Texting texting) {
        try {
            String text = texting.text();
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
        } catch (RuntimeException thrown) {
            return "(without words: " + thrown.getClass().getSimpleName() + ")";
        }
    }

    /** Seconds, as they stand at the beginning of a line. */
    public static String time(long nanos) {
        return String.format(Locale.ROOT, "%14.6f s", nanos / NANOS_PER_SECOND);
    }

    /**
     * What {@link #object} has made, in words: what happened on a line, then what it changed, sent and set.
     *
     * @param when stands in front of the first line
     * @throws IOException when it is no such object
     */
    public static List<String> lines(String when, JsonObject object) throws IOException {
        List<String> lines = new ArrayList<>();
        String node = "n" + object.natural("node");
        lines.add(when + "  event " + object.natural("number") + ": " + node + " " + object.text("text") + how(object));
        for (JsonObject change : object.objects("changes")) {
            lines.add(INDENT + node + "." + change.text("field") + ": " + change.text("before") + " -> "
                    + change.text("after"));
        }
        for (JsonObject sent : object.objects("sends")) {
            lines.add(INDENT + "sends " + sent.text("message") + " to n" + sent.natural("to"));
        }
        if (object.values().containsKey("moreSends")) {
            lines.add(INDENT + "sends " + object.natural("moreSends") + " more messages");
        }
        for (JsonObject change : object.objects("timers")) {
            lines.add(INDENT
                    + (change.values().containsKey("delayNanos")
                            ? "sets the timer " + change.text("timer") + " for " + seconds(change.natural("delayNanos"))
                            : "cancels the timer " + change.text("timer")));
        }
        return lines;
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }

    /** Which handler took it, or what else became of it, and what it follows from. */
    private static String how(JsonObject object) throws IOException {
        List<String> how = new ArrayList<>();
        Optional<String> handler = object.textIfAny("handler");
        handler.ifPresent(name -> how.add("by " + name));
        if (handler.isEmpty()) {
            how.add(object.text("outcome"));
        }
        if (object.values().containsKey("after")) {
            how.add("after event " + object.natural("after"));
        }
        return " (" + String.join(", ", how) + ")";
    }
}
