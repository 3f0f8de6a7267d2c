package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bytes of calls, and their arguments as nobody can change them. */
final class CallSection {
    private final Unit unit;

    CallSection(Unit unit) {
        this.unit = unit;
    }

    void addTo(Source source) {
        addFreezeArguments(source);
        List<String> calls = unit.model.keys(HandlerModel.Kind.CALL);
        if (!calls.isEmpty()) {
            DescriptionSection.addGetter(source, "boolean", "writesCalls", "true");
            addWrite(source, calls);
            addRead(source, calls);
        }
    }

    private List<HandlerParameter> arguments(String call) {
        return unit.model.handlersOf(HandlerModel.Kind.CALL, call).get(0).with(HandlerParameter.Role.ARGUMENT);
    }

    private String argument(HandlerParameter parameter) {
        return "(" + unit.names.boxed(parameter.type()) + ") call.arguments().get(" + parameter.argument() + ")";
    }

    private void addWrite(Source source, List<String> calls) {
        source.blank()
                .add("@Override")
                .add("public void writeCall(Event.Call call, StateWriter out) {")
                .add("switch (call.name()) {");
        for (int index = 0; index < calls.size(); index++) {
            source.add("case %s -> {", Unit.quoted(calls.get(index))).add("out.writeIndex(%s);", index);
            for (HandlerParameter each : arguments(calls.get(index))) {
                source.add("%s", unit.valueEncoding(each.type()).write(argument(each)));
            }
            source.add("}");
        }
        source.add("default -> throw EventRules.unknownCall(this, call.name());")
                .add("}")
                .add("}");
    }

    private void addRead(Source source, List<String> calls) {
        source.blank()
                .add("@Override")
                .add("public Event.Call readCall(StateReader in) {")
                .add("return switch (in.readIndex(%s)) {", calls.size());
        for (int index = 0; index < calls.size(); index++) {
            String arguments = arguments(calls.get(index)).stream()
                    .map(each -> unit.valueEncoding(each.type()).read())
                    .collect(Collectors.joining(", "));
            source.add(
                    "%s -> new Event.Call(%s, List.of(%s));",
                    index == calls.size() - 1 ? "default" : "case " + index, Unit.quoted(calls.get(index)), arguments);
        }
        source.add("};").add("}");
    }

    private void addFreezeArguments(Source source) {
        source.blank()
                .add("@Override")
                .add("public List<Object> freezeArguments(String call, List<Object> arguments) {");
        List<String> cases = new ArrayList<>();
        for (String call : unit.model.keys(HandlerModel.Kind.CALL)) {
            freezeArguments(call).ifPresent(each -> cases.add("case %s -> %s;".formatted(Unit.quoted(call), each)));
        }
        if (cases.isEmpty()) {
            source.add("return arguments;").add("}");
            return;
        }
        source.add("return switch (call) {");
        cases.forEach(source::add);
        source.add("default -> arguments;").add("};").add("}");
    }

    /** The frozen arguments of a call; empty when none of them holds a collection. */
    private Optional<String> freezeArguments(String call) {
        List<HandlerParameter> parameters =
                unit.model.handlersOf(HandlerModel.Kind.CALL, call).get(0).with(HandlerParameter.Role.ARGUMENT);
        List<String> frozen = new ArrayList<>();
        boolean holdCollections = false;
        for (HandlerParameter each : parameters) {
            Encoding encoding = unit.valueEncoding(each.type());
            String argument = "arguments.get(" + each.argument() + ")";
            holdCollections |= encoding.holdsCollections();
            frozen.add(
                    encoding.holdsCollections()
                            ? encoding.freeze("(" + unit.names.boxed(each.type()) + ") " + argument)
                            : argument);
        }
        return holdCollections ? Optional.of("List.of(" + String.join(", ", frozen) + ")") : Optional.empty();
    }
}
