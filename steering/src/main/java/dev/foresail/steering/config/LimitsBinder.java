package dev.foresail.steering.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section {@code limits}; of one file. */
final class LimitsBinder {
    private final Problems problems;
    private final Values values;

    LimitsBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    LimitSettings read(Node node) {
        Section section = new Section(node, "limits", problems);
        LimitSettings limits = new LimitSettings(number(section, "pendingEvents"), number(section, "eventsAtOneTime"));
        section.finish();
        return limits;
    }

    private Optional<Integer> number(Section section, String key) {
        return section.take(key).flatMap(node -> values.wholeNumber(node, section.pathOf(key), 1));
    }
}
