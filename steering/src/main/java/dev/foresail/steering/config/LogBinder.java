package dev.foresail.steering.config;

import dev.foresail.predictor.log.LogLevel;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.logging.LogSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the section {@code log}. */
final class LogBinder {
    private final Problems problems;
    private final Values values;

    LogBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    LogSettings read(Node node) {
        Section section = new Section(node, "log", problems);
        LogSettings defaults = LogSettings.DEFAULT;
        int events = section.take("events")
                .flatMap(value -> values.wholeNumber(value, "log.events", 0))
                .orElse(defaults.events());
        Optional<Path> file = section.take("file").flatMap(value -> values.path(value, "log.file"));
        Set<LogLevel> levels = section.take("levels").map(this::levels).orElse(defaults.levels());
        section.finish();
        return new LogSettings(events, file, levels);
    }

    private Set<LogLevel> levels(Node node) {
        Set<LogLevel> levels = EnumSet.noneOf(LogLevel.class);
        List<Node> given = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        for (Node each : given) {
            values.text(each, "log.levels", "a level, such as 'event'")
                    .ifPresent(label -> LogLevel.labelled(label)
                            .ifPresentOrElse(
                                    levels::add,
                                    () -> problems.add(
                                            each,
                                            "FS542",
                                            "log.levels: '" + label + "' is no level"
                                                    + Nearest.hint(label, LogLevel.labels()))));
        }
        return levels;
    }
}
