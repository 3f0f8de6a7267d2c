package dev.foresail.steering.config;

import dev.foresail.predictor.objective.Mistake;
import dev.foresail.predictor.objective.Objective.Formula;
import dev.foresail.predictor.objective.Objective.Wanted;
import dev.foresail.predictor.objective.language.ExpressionSyntaxException;
import dev.foresail.predictor.service.ServiceFormula;
import dev.foresail.predictor.service.ServiceObjective;
import dev.foresail.predictor.service.ServiceSettings;
import dev.foresail.predictor.service.ServiceSettings.Memory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads how a service's choices are made (docs/choices.md). Everything that is wrong is said in one go, with its place and a code.
 * Stateless, thread-safe.
 */
public final class ServiceChoicesReader {
    private static final int LEAST_OUTCOMES = 8;

    private ServiceChoicesReader() {}

    /**
     * Reads a file.
     *
     * @return settings by the choices' names
     * @throws ConfigurationException when anything is wrong with it
     */
    public static SortedMap<String, ServiceSettings> read(Path file) {
        return read(file.toString(), YamlText.read(file));
    }

    /** @param fileName for messages */
    public static SortedMap<String, ServiceSettings> read(String fileName, String text) {
        Problems problems = new Problems(fileName);
        SortedMap<String, ServiceSettings> settings = new TreeMap<>();
        Optional<Node> document = YamlText.compose(fileName, text);
        if (document.isEmpty()) {
            problems.add(Optional.empty(), "FS206", "the file is empty; 'choices' must be given");
            throw problems.exception();
        }
        Section root = new Section(document.get(), "", problems);
        Reading reading = new Reading(problems, new Values(problems));
        root.need("choices", "a map from the names of choices to how they are made")
                .ifPresent(node -> new Section(node, "choices", problems)
                        .entries()
                        .forEach((name, entry) -> settings.put(
                                name, reading.choice(new Section(entry.value(), "choices." + name, problems)))));
        root.finish();
        problems.throwIfAny();
        return settings;
    }

    /** One file being read. */
    private record Reading(Problems problems, Values values) {
        ServiceSettings choice(Section section) {
            ServiceSettings defaults = ServiceSettings.DEFAULT;
            List<ServiceObjective> objectives = section.take("objectives")
                    .map(list -> objectives(list, section.pathOf("objectives")))
                    .orElse(defaults.objectives());
            Memory memory = section.take("memory")
                    .map(node -> memory(new Section(node, section.pathOf("memory"), problems)))
                    .orElse(defaults.memory());
            double explored = section.take("explored")
                    .flatMap(node -> values.share(node, section.pathOf("explored")))
                    .orElse(defaults.explored());
            section.finish();
            return new ServiceSettings(objectives.isEmpty() ? defaults.objectives() : objectives, memory, explored);
        }

        private Memory memory(Section section) {
            Memory defaults = ServiceSettings.DEFAULT.memory();
            Memory memory = new Memory(
                    section.take("outcomes")
                            .flatMap(node -> values.wholeNumber(node, section.pathOf("outcomes"), LEAST_OUTCOMES))
                            .orElse(defaults.outcomes()),
                    section.take("span")
                            .flatMap(node -> values.span(node, section.pathOf("span")))
                            .map(Duration::toNanos)
                            .orElse(defaults.spanNanos()));
            section.finish();
            return memory;
        }

        private List<ServiceObjective> objectives(Node list, String path) {
            List<ServiceObjective> objectives = new ArrayList<>();
            List<Node> elements = values.list(list, path, "a list such as '- minimize: p99(latency)'");
            for (Node element : elements) {
                if (!(element instanceof MappingNode mapping)
                        || mapping.getValue().size() != 1) {
                    values.wrong(element, path, "'minimize: VALUE', 'maximize: VALUE' or 'subject to: CONSTRAINT'");
                    continue;
                }
                Section section = new Section(element, path, problems);
                for (Wanted wanted : Wanted.values()) {
                    section.take(wanted.label())
                            .flatMap(node -> objective(node, section.pathOf(wanted.label()), wanted))
                            .ifPresent(objectives::add);
                }
                section.finish();
            }
            return objectives;
        }

        private Optional<ServiceObjective> objective(Node node, String path, Wanted wanted) {
            Optional<String> text = values.text(node, path, "an expression such as 'p99(latency) + 1s * failures'");
            if (text.isEmpty()) {
                return Optional.empty();
            }
            ScalarNode scalar = (ScalarNode) node;
            Formula formula;
            try {
                formula = Formula.parse(wanted, text.get());
            } catch (ExpressionSyntaxException mistake) {
                problems.add(scalar, mistake.column(), "FS454", path + ": " + mistake.problem());
                return Optional.empty();
            }
            List<Mistake> mistakes = ServiceFormula.mistakes(formula);
            mistakes.forEach(mistake -> problems.add(scalar, mistake.column(), mistake.code(), mistake.text()));
            return mistakes.isEmpty() ? Optional.of(ServiceFormula.compile(formula)) : Optional.empty();
        }
    }
}
