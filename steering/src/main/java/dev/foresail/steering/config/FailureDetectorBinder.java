package dev.foresail.steering.config;

import dev.foresail.network.measure.PhiAccrualSettings;
import dev.foresail.steering.detector.FailureDetectorSettings;
import dev.foresail.steering.detector.FailureDetectorSettings.Use;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the section {@code failureDetector}. */
final class FailureDetectorBinder {
    private final Problems problems;
    private final Values values;

    FailureDetectorBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    /** A section that does not say otherwise switches the detector on. */
    FailureDetectorSettings read(Node node) {
        PhiAccrualSettings defaults = PhiAccrualSettings.DEFAULT;
        Section section = new Section(node, "failureDetector", problems);
        boolean enabled = value(section, "enabled", values::truth, true);
        PhiAccrualSettings silences = new PhiAccrualSettings(
                value(section, "threshold", values::aboveZero, defaults.threshold()),
                value(section, "window", this::window, defaults.window()),
                value(section, "minimumDeviation", values::span, defaults.minimumDeviation()),
                value(section, "acceptablePause", values::duration, defaults.acceptablePause()),
                value(section, "heartbeat", values::span, defaults.heartbeat()));
        section.finish();
        return new FailureDetectorSettings(enabled ? Use.ALWAYS : Use.NEVER, silences);
    }

    private static <T> T value(Section section, String key, BiFunction<Node, String, Optional<T>> reader, T otherwise) {
        return section.take(key)
                .flatMap(node -> reader.apply(node, section.pathOf(key)))
                .orElse(otherwise);
    }

    private Optional<Integer> window(Node node, String what) {
        return values.plain(node, what, "a whole number from 1 to " + PhiAccrualSettings.LARGEST_WINDOW, text -> {
            int window = Integer.parseInt(text);
            if (window < 1 || window > PhiAccrualSettings.LARGEST_WINDOW) {
                throw new IllegalArgumentException("out of range");
            }
            return window;
        });
    }
}
