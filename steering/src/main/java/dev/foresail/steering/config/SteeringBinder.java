package dev.foresail.steering.config;

import dev.foresail.predictor.foresight.Assumptions;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.control.SteeringSettings;
import java.time.Duration;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section {@code steering}. */
final class SteeringBinder {
    private static final String MODES = "'off', 'observe', 'advise' or 'steer'";
    private static final int WHOLE = 100;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private final Problems problems;
    private final Values values;

    SteeringBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    SteeringSettings read(Node node) {
        SteeringSettings defaults = SteeringSettings.DEFAULT;
        Section section = new Section(node, "steering", problems);
        SteeringMode mode = section.need("mode", MODES)
                .flatMap(value -> values.plain(value, "steering.mode", MODES, SteeringBinder::mode))
                .orElse(SteeringMode.OFF);
        SteeringSettings settings = new SteeringSettings(
                mode,
                number(section, "worlds", 1, Integer.MAX_VALUE, (int) defaults.worlds()),
                number(section, "depth", 1, Integer.MAX_VALUE, defaults.depth()),
                duration(section, "interval", defaults.interval()),
                number(section, "processorPercent", 1, WHOLE, defaults.processorPercent()),
                number(section, "loopMicrosPerSecond", 1, MICROS_PER_SECOND, defaults.loopMicrosPerSecond()),
                duration(section, "expiry", defaults.expiry()),
                section.take("failures")
                        .map(this::failures)
                        .orElse(defaults.assumptions())
                        .withAnswers(number(
                                section,
                                "answers",
                                0,
                                WHOLE,
                                defaults.assumptions().answers())));
        section.finish();
        return settings;
    }

    private static SteeringMode mode(String label) {
        return SteeringMode.labelled(label).orElseThrow(() -> new IllegalArgumentException(label));
    }

    private Assumptions failures(Node node) {
        Section section = new Section(node, "steering.failures", problems);
        Assumptions assumptions = new Assumptions(
                number(section, "crashes", 0, WHOLE, Assumptions.DEFAULT.crashes()),
                number(section, "silentResets", 0, WHOLE, Assumptions.DEFAULT.silentResets()),
                number(section, "breaks", 0, WHOLE, Assumptions.DEFAULT.breaks()),
                Assumptions.DEFAULT.answers());
        section.finish();
        return assumptions;
    }

    private int number(Section section, String key, int least, int most, int otherwise) {
        return section.take(key)
                .flatMap(node -> values.wholeNumber(node, section.pathOf(key), least)
                        .filter(number -> isAtMost(node, section.pathOf(key), number, most)))
                .orElse(otherwise);
    }

    private boolean isAtMost(Node node, String path, int number, int most) {
        if (number > most) {
            values.wrong(node, path, "a whole number, at most " + most + ",");
        }
        return number <= most;
    }

    private Duration duration(Section section, String key, Duration otherwise) {
        return section.take(key)
                .flatMap(node -> values.duration(node, section.pathOf(key)))
                .orElse(otherwise);
    }
}
