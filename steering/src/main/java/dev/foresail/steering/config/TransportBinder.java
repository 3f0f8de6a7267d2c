package dev.foresail.steering.config;

import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.transport.ProbeSettings;
import dev.foresail.steering.transport.TransportIo;
import dev.foresail.steering.transport.TransportSettings;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the section {@code transport}. */
final class TransportBinder {
    private final Problems problems;
    private final Values values;

    TransportBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    TransportSettings read(Node node) {
        TransportSettings defaults = TransportSettings.DEFAULT;
        Section section = new Section(node, "transport", problems);
        TransportIo io = section.take("io").flatMap(this::io).orElse(defaults.io());
        ProbeSettings probes = section.take("probes").map(this::probes).orElse(defaults.probes());
        section.finish();
        return defaults.with(io).with(probes);
    }

    private Optional<TransportIo> io(Node node) {
        Optional<TransportIo> io = node instanceof ScalarNode scalar && scalar.isPlain()
                ? TransportIo.labelled(scalar.getValue())
                : Optional.empty();
        if (io.isEmpty()) {
            String given = node instanceof ScalarNode scalar ? scalar.getValue() : "";
            problems.add(
                    node,
                    "FS207",
                    "transport.io: " + Values.found(node) + " where 'auto', 'epoll' or 'nio' was expected"
                            + Nearest.hint(given, TransportIo.labels()));
        }
        return io;
    }

    private ProbeSettings probes(Node node) {
        Section section = new Section(node, "transport.probes", problems);
        ProbeSettings probes = new ProbeSettings(
                section.take("bytesPerSecond")
                        .flatMap(value -> values.wholeNumber(value, section.pathOf("bytesPerSecond"), 0))
                        .orElse(ProbeSettings.DEFAULT.bytesPerSecond()),
                section.take("maximumAge")
                        .flatMap(value -> values.span(value, section.pathOf("maximumAge")))
                        .orElse(ProbeSettings.DEFAULT.maximumAge()));
        section.finish();
        return probes;
    }
}
