package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/** What nodes are like of which there is no checkpoint; nothing for a protocol that does not say. */
final class GenericSection {
    private final Unit unit;

    GenericSection(Unit unit) {
        this.unit = unit;
    }

    void addTo(Source source) {
        List<ExecutableElement> generics = unit.model.generics();
        if (generics.isEmpty()) {
            return;
        }
        ExecutableElement generic = generics.get(0);
        DescriptionSection.addGetter(source, "boolean", "imagines", "true");
        source.blank()
                .add("@Override")
                .add("public void imagine(%s state, NodeId from, AggregateValues aggregates, Node node) {", unit.self())
                .add(
                        "state.%s(%s);",
                        generic.getSimpleName(),
                        generic.getParameters().stream()
                                .map(GenericSection::argument)
                                .collect(Collectors.joining(", ")))
                .add("}");
    }

    private static String argument(VariableElement parameter) {
        if (ProtocolReader.isNode(parameter.asType())) {
            return "node";
        }
        return ProtocolReader.isNodeId(parameter.asType())
                ? "from"
                : "aggregates.of(" + Unit.quoted(parameter.getSimpleName().toString()) + ")";
    }
}
