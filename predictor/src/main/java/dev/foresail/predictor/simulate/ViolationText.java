package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.log.EventText;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Retelling.Fault;
import dev.foresail.predictor.simulate.Retelling.Step;
import dev.foresail.predictor.simulate.Retelling.Story;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words for a violation that a simulation came to. Pure functions. */
public final class ViolationText {
    /** Of a long chain the end is told, which is what led there last. */
    private static final int MOST_STEPS = 12;

    private static final int LONGEST = 300;

    private ViolationText() {}

    /** One line: what, when, by which event. */
    public static String line(long seed, Violation violation) {
        return String.format(
                Locale.ROOT,
                "seed %d: %s is violated at %.6f s, by event %d: %s",
                seed,
                violation.property(),
                violation.seconds(),
                violation.number(),
                violation.happening());
    }

    /** The chain of messages amid the faults that its nodes met, then what the last step changed. */
    public static List<String> lines(Story story) {
        List<String> lines = new ArrayList<>();
        List<Step> chain = story.chain();
        int left = Math.max(0, chain.size() - MOST_STEPS);
        if (left > 0) {
            lines.add("    ... " + left + " before");
        }
        Iterator<Fault> faults = story.faults().iterator();
        Optional<Fault> fault = next(faults);
        for (Step step : chain.subList(left, chain.size())) {
            while (fault.isPresent() && fault.get().events() < step.number()) {
                lines.add(text(fault.get()));
                fault = next(faults);
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%14.6f s  event %d: %s",
                    step.seconds(),
                    step.number(),
                    text(step.node(), step.event())));
        }
        story.changes()
                .forEach(change -> lines.add(
                        shortened("        " + change.field() + ": " + change.before() + " -> " + change.after())));
        return lines;
    }

    private static Optional<Fault> next(Iterator<Fault> faults) {
        return faults.hasNext() ? Optional.of(faults.next()) : Optional.empty();
    }

    private static String text(Fault fault) {
        return String.format(Locale.ROOT, "%14.6f s  fault: %s", fault.seconds(), shortened(fault.text()));
    }

    /** What a node handled, on one line of at most some hundred characters. */
    public static String text(NodeId node, Event event) {
        return shortened(node + " " + EventText.of(event));
    }

    /** What was handled, without the node, on one line of at most some hundred characters. */
    static String what(Event event) {
        return shortened(EventText.of(event));
    }

    /** At most some hundred characters of a text. */
    public static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
