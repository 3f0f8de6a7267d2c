package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ContributionModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Neighbours, aggregates, metrics and properties. */
final class KnowledgeSection {
    private final Unit unit;
    private final Expressions expressions;

    KnowledgeSection(Unit unit) {
        this.unit = unit;
        this.expressions = new Expressions(unit);
    }

    void addConstants(Source source) {
        String self = unit.self();
        List<String> aggregates = unit.model.aggregates().stream()
                .map(each -> "new " + className(each) + "()")
                .toList();
        source.addList("private static final List<AggregateDescription<" + self + ", ?>> AGGREGATES", aggregates);
        List<String> metrics = unit.model.metrics().stream().map(this::metric).toList();
        source.addList("private static final List<MetricDescription<" + self + ">> METRICS", metrics);
        List<String> properties =
                unit.model.properties().stream().map(this::property).toList();
        source.addList("private static final List<PropertyDescription<" + self + ">> PROPERTIES", properties);
    }

    void addTo(Source source) {
        String self = unit.self();
        source.blank().add("@Override").add("public Optional<Collection<NodeId>> neighbours(%s state) {", self);
        String neighbours = unit.model.neighbours().isEmpty()
                ? "Optional.empty()"
                : "Optional.of("
                        + expressions.nodes(
                                unit.model.neighbours().get(0).getSimpleName().toString())
                        + ")";
        source.add("return %s;", neighbours).add("}");
        DescriptionSection.addGetter(source, "List<AggregateDescription<" + self + ", ?>>", "aggregates", "AGGREGATES");
        DescriptionSection.addGetter(source, "List<MetricDescription<" + self + ">>", "metrics", "METRICS");
        DescriptionSection.addGetter(source, "List<PropertyDescription<" + self + ">>", "properties", "PROPERTIES");
        unit.model.aggregates().forEach(each -> addAggregate(source, each));
    }

    private static String className(ExecutableElement aggregate) {
        String name = aggregate.getSimpleName().toString();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Aggregate";
    }

    private void addAggregate(Source source, ExecutableElement aggregate) {
        String name = aggregate.getSimpleName().toString();
        String value = unit.names.boxed(aggregate.getReturnType());
        Encoding encoding = unit.valueEncoding(aggregate.getReturnType());
        List<? extends VariableElement> parameters = aggregate.getParameters();
        String over = parameters.size() < 2
                ? "List.of()"
                : expressions.nodes(parameters.get(1).getSimpleName().toString());
        source.blank()
                .add(
                        """
                        private static final class %1$s implements AggregateDescription<%2$s, %3$s> {
                        @Override
                        public String name() {
                        return %4$s;
                        }

                        @Override
                        public Collection<NodeId> over(%2$s state) {
                        return %5$s;
                        }

                        @Override
                        public %3$s evaluate(%2$s state, Known<%3$s> known) {
                        return %2$s.%6$s(state%7$s);
                        }

                        @Override
                        public void write(%3$s value, StateWriter out) {
                        %8$s
                        }

                        @Override
                        public %3$s read(StateReader in) {
                        return %9$s;
                        }
                        """,
                        className(aggregate),
                        unit.self(),
                        value,
                        Unit.quoted(name),
                        over,
                        name,
                        parameters.size() < 2 ? "" : ", known",
                        encoding.write("value"),
                        encoding.read());
        addHandOvers(source, name, value);
        source.add("}");
    }

    private void addHandOvers(Source source, String aggregate, String value) {
        List<ExecutableElement> handOvers = unit.model.handOvers().stream()
                .filter(each -> handedTo(each).equals(aggregate))
                .toList();
        String any = handOvers.stream()
                .map(each -> "message instanceof " + messageOf(each))
                .collect(Collectors.joining(" || "));
        source.blank().add("@Override").add("public boolean isHandOver(Object message) {");
        source.add("return %s;", any.isEmpty() ? "false" : any).add("}");
        source.blank().add("@Override").add("public %1$s afterHandOver(%1$s value, Object message) {", value);
        for (ExecutableElement handOver : handOvers) {
            source.add("if (message instanceof %s handed) {", messageOf(handOver));
            source.add("return %s.%s(value, handed);", unit.self(), handOver.getSimpleName())
                    .add("}");
        }
        source.add("return value;").add("}");
    }

    private String messageOf(ExecutableElement handOver) {
        return unit.names.of(handOver.getParameters().get(1).asType());
    }

    private static String handedTo(ExecutableElement handOver) {
        return Annotations.find(handOver, "HandOver")
                .map(each -> Annotations.text(each, "value", ""))
                .orElse("");
    }

    private String metric(ExecutableElement metric) {
        String known = metric.getParameters().stream()
                .skip(1)
                .map(each ->
                        ", aggregates.of(" + Unit.quoted(each.getSimpleName().toString()) + ")")
                .collect(Collectors.joining());
        String counted = Annotations.find(metric, "Metric")
                .map(each -> Annotations.text(each, "unit", ""))
                .filter(text -> !text.isEmpty())
                .map(text -> "dev.foresail.choice.Unit." + text + ", ")
                .orElse("");
        return "new DeclaredMetric<%1$s>(%2$s, %5$s(view, aggregates) -> %1$s.%3$s(%6$s%4$s))"
                .formatted(
                        unit.self(),
                        Unit.quoted(metric.getSimpleName().toString()),
                        metric.getSimpleName(),
                        known,
                        counted,
                        view(metric));
    }

    private String property(ExecutableElement property) {
        String call = unit.self() + "." + property.getSimpleName();
        boolean liveness = Annotations.has(property, "Liveness");
        String head = "%s, PropertyDescription.Kind.%s, %s, "
                .formatted(
                        Unit.quoted(property.getSimpleName().toString()),
                        liveness ? "LIVENESS" : "SAFETY",
                        within(property));
        if (ContributionModel.isOfMultisets(property)) {
            return ofMultisets(property, head);
        }
        if (ProtocolReader.isType(property.getParameters().get(0).asType(), "dev.foresail.choice.SystemView")) {
            String factory = unit.ofStableFields.contains(property) ? "ofStable" : "of";
            return "DeclaredProperty.<%s>%s(%sview -> %s(%s))"
                    .formatted(unit.self(), factory, head, call, view(property));
        }
        String arguments = property.getParameters().size() == 1 ? "(state)" : "(state, node)";
        return "DeclaredProperty.<%s>atEachNode(%s(state, node) -> %s%s)".formatted(unit.self(), head, call, arguments);
    }

    private String ofMultisets(ExecutableElement property, String head) {
        List<String> contributions = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : property.getParameters()) {
            contributions.add(contribution(
                    ContributionModel.of(parameter, unit.model, unit.types).orElseThrow()));
            arguments.add("(%s) multisets.get(%d)".formatted(unit.names.of(parameter.asType()), arguments.size()));
        }
        return """
                DeclaredProperty.<%1$s>ofMultisets(%2$snew MultisetPredicate<%1$s>(List.of(%3$s), \
                multisets -> %1$s.%4$s(%5$s)), %6$s)\
                """.formatted(
                        unit.self(),
                        head,
                        String.join(", ", contributions),
                        property.getSimpleName(),
                        String.join(", ", arguments),
                        unit.ofStableFields.contains(property));
    }

    private String contribution(ContributionModel contribution) {
        String name = contribution.name();
        String value = contribution.field().isPresent()
                ? "state." + name
                : unit.self() + "." + name
                        + (contribution.methods().get(0).getParameters().size() == 1 ? "(state)" : "(state, node)");
        String values = switch (contribution.shape(unit.types)) {
            case ONE -> "one";
            case OPTIONAL -> "held";
            case COLLECTION -> "elements";
        };
        return "Contribution.<%s>%s(%s, (state, node) -> Contribution.%s(%s))"
                .formatted(
                        unit.self(),
                        contribution.field().isPresent() ? "ofField" : "ofMethod",
                        Unit.quoted(name),
                        values,
                        value);
    }

    /** The view as the method takes it: that of a superclass or an interface is the same one, as views are only read. */
    private String view(ExecutableElement method) {
        TypeMirror type = method.getParameters().get(0).asType();
        TypeMirror state = ((DeclaredType) type).getTypeArguments().get(0);
        return unit.types.isSameType(state, unit.model.type().asType())
                ? "view"
                : "(%s) (%s<?>) view".formatted(unit.names.of(type), unit.names.raw(type));
    }

    private static String within(ExecutableElement property) {
        String text = Annotations.find(property, "Liveness")
                .map((AnnotationMirror each) -> Annotations.text(each, "within", ""))
                .orElse("");
        return text.isBlank() ? "Optional.empty()" : "Optional.of(" + DescriptionSection.duration(text) + ")";
    }
}
