package dev.foresail.choice.processor.generate;

import dev.foresail.choice.Fallback;
import dev.foresail.choice.Known;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Sized;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Alternatives;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.ChoicePointDescription;
import dev.foresail.choice.machine.Contribution;
import dev.foresail.choice.machine.Crossing;
import dev.foresail.choice.machine.DeclaredMetric;
import dev.foresail.choice.machine.DeclaredProperty;
import dev.foresail.choice.machine.Detectors;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.GuardNode;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Handover;
import dev.foresail.choice.machine.LayerCalls;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.MultisetPredicate;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.PhaseState;
import dev.foresail.choice.machine.Phases;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.Receivers;
import dev.foresail.choice.machine.ServiceCall;
import dev.foresail.choice.machine.ServiceDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.machine.StepEnd;
import dev.foresail.choice.machine.StepEnds;
import dev.foresail.choice.machine.TimeOutDescription;
import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.encoding.TypeNames;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.Generated;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Writes the machine of a protocol. */
public final class MachineWriter {
    private static final String GENERATOR = "dev.foresail.choice.processor.ForesailProcessor";

    private static final Pattern NESTED_CLASS = Pattern.compile("(?m)^\\s+[a-z ]*\\b(?:class|record) (\\w+)");

    /** The classes that the templates name. */
    private static final List<Class<?>> NAMED = List.of(
            AggregateDescription.class,
            AggregateValues.class,
            Alternative.class,
            Alternatives.class,
            CallDescription.class,
            ChoicePointDescription.class,
            Contribution.class,
            Crossing.class,
            DeclaredMetric.class,
            DeclaredProperty.class,
            Detectors.class,
            EncodingException.class,
            Event.class,
            EventRules.class,
            FieldValue.class,
            HandlerDescription.class,
            Handover.class,
            LayerCalls.class,
            Machine.class,
            MetricDescription.class,
            MultisetPredicate.class,
            ParameterDescription.class,
            PhaseState.class,
            Phases.class,
            PropertyDescription.class,
            Receivers.class,
            ServiceCall.class,
            ServiceDescription.class,
            StateReader.class,
            StateWriter.class,
            StepEnd.class,
            StepEnds.class,
            TimeOutDescription.class,
            Fallback.class,
            GuardNode.class,
            Known.class,
            Node.class,
            NodeId.class,
            Otherwise.class,
            Sized.class,
            Duration.class,
            ArrayDeque.class,
            ArrayList.class,
            Arrays.class,
            Collection.class,
            Collections.class,
            LinkedHashMap.class,
            LinkedHashSet.class,
            List.class,
            Map.class,
            Objects.class,
            Optional.class,
            SortedMap.class,
            TreeMap.class,
            TreeSet.class,
            IntPredicate.class,
            Supplier.class,
            UnaryOperator.class,
            Generated.class);

    private final Elements elements;
    private final Types types;

    public MachineWriter(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /**
     * The source of the machine of {@code model}, in which no mistake was found.
     *
     * @param ofStableFields the properties that read nothing of states but stable fields and configuration
     * @throws NotEncodableException when there was one after all
     */
    public String write(ProtocolModel model, Set<ExecutableElement> ofStableFields) throws NotEncodableException {
        // Which classes are within the machine is known when it is written; an author's classes of these names are told
        // apart then.
        Set<String> nested = nested(body(unit(model, ofStableFields, Set.of())));
        Unit unit = unit(model, ofStableFields, nested);
        String body = body(unit);
        String imports =
                unit.names.imports().lines().filter(line -> isUsed(line, body)).collect(Collectors.joining("\n"));
        String packageLine = model.packageName().isEmpty() ? "" : "package " + model.packageName() + ";\n\n";
        return "// Generated by Foresail's annotation processor from " + model.localName() + ". Do not edit.\n"
                + packageLine + imports + "\n\n" + body;
    }

    private Unit unit(ProtocolModel model, Set<ExecutableElement> ofStableFields, Set<String> nested)
            throws NotEncodableException {
        TypeNames names = new TypeNames(elements, types, model.packageName());
        names.reserve(model.machineName());
        nested.forEach(each -> names.reserve(each, model.machineName()));
        NAMED.forEach(names::of);
        return new Unit(model, names, types, new Encodings(elements, types, names), ofStableFields);
    }

    /** The simple names of the classes that are declared in a body. */
    private static Set<String> nested(String body) {
        return NESTED_CLASS.matcher(body).results().map(each -> each.group(1)).collect(Collectors.toSet());
    }

    private static boolean isUsed(String importLine, String body) {
        String simple = importLine.substring(importLine.lastIndexOf('.') + 1, importLine.length() - 1);
        return Pattern.compile("(?<![\\w.])" + simple + "\\b").matcher(body).find();
    }

    private static String body(Unit unit) {
        Source source = new Source();
        source.add("""
                /** The machine of the protocol %1$s: what engines know of {@link %2$s}. Stateless. */
                @Generated(%3$s)
                @SuppressWarnings({"cast", "deprecation", "removal", "unchecked"})
                public final class %4$s implements Machine<%2$s> {
                """, unit.model.name(), unit.self(), Unit.quoted(GENERATOR), unit.model.machineName());
        MessageSection messages = new MessageSection(unit);
        DescriptionSection descriptions = new DescriptionSection(unit);
        EventSection events = new EventSection(unit);
        KnowledgeSection knowledge = new KnowledgeSection(unit);
        messages.addConstants(source);
        descriptions.addConstants(source);
        knowledge.addConstants(source);
        events.addConstants(source);
        StepEndSection stepEnd = new StepEndSection(unit);
        stepEnd.addConstants(source);
        LayerSection layer = new LayerSection(unit);
        layer.addConstants(source);
        layer.addFields(source);
        source.blank()
                .add("/** For {@link java.util.ServiceLoader} and tests. */")
                .add("public %s() {}", unit.model.machineName());
        descriptions.addTo(source);
        new StateSection(unit).addTo(source);
        new StableSection(unit).addTo(source);
        messages.addTo(source);
        new CallSection(unit).addTo(source);
        events.addTo(source);
        new RunSection(unit).addTo(source);
        stepEnd.addTo(source);
        knowledge.addTo(source);
        new GenericSection(unit).addTo(source);
        layer.addTo(source);
        for (Encoding encoding : List.copyOf(unit.encodings.all())) {
            encoding.addMethods(source);
        }
        return source.add("}").toString();
    }
}
