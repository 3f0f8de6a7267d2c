package dev.foresail.steering.config;

import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.NodeConfiguration.ConfiguredCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what depends on the protocol: its parameters and the calls. */
final class ProtocolBinder {
    private final Machine<?> machine;
    private final Problems problems;
    private final Values values;

    ProtocolBinder(Machine<?> machine, Problems problems, Values values) {
        this.machine = machine;
        this.problems = problems;
        this.values = values;
    }

    /** @param at where missing parameters are reported when there is no map */
    SortedMap<String, String> parameters(Optional<Node> map, Node at) {
        SortedMap<String, String> texts = new TreeMap<>();
        Map<String, Section.Entry> given = map.map(node -> new Section(node, "parameters", problems).entries())
                .orElse(Map.of());
        List<String> names =
                machine.parameters().stream().map(ParameterDescription::name).toList();
        given.forEach((name, entry) -> {
            if (!names.contains(name)) {
                problems.add(
                        entry.key(),
                        "FS209",
                        machine.protocol() + " has no parameter '" + name + "'" + Nearest.hint(name, names));
            }
        });
        for (ParameterDescription parameter : machine.parameters()) {
            Section.Entry entry = given.get(parameter.name());
            if (entry != null) {
                parameter(parameter, entry.value()).ifPresent(text -> texts.put(parameter.name(), text));
            } else if (parameter.defaultText().isEmpty()) {
                problems.add(
                        map.orElse(at),
                        "FS209",
                        "the parameter '" + parameter.name() + "' of " + machine.protocol()
                                + " has no default and must be given ("
                                + parameter.type().getSimpleName() + ")");
            }
        }
        return texts;
    }

    private Optional<String> parameter(ParameterDescription parameter, Node value) {
        return new TypedValues(values)
                .read(value, parameter.type(), "parameters." + parameter.name())
                .map(read -> ((ScalarNode) value).getValue());
    }

    /** Each element is {@code name: [arguments]}. */
    List<ConfiguredCall> calls(Node list) {
        String expected = "a list of calls, each 'name: [arguments]',";
        List<ConfiguredCall> calls = new ArrayList<>();
        for (Node element : values.list(list, "calls", expected)) {
            if (!(element instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
                values.wrong(element, "calls", "one call, 'name: [arguments]',");
                continue;
            }
            new Section(element, "calls", problems)
                    .entries()
                    .forEach((name, entry) -> call(name, entry).ifPresent(calls::add));
        }
        return calls;
    }

    private Optional<ConfiguredCall> call(String name, Section.Entry entry) {
        Optional<CallDescription> description = machine.calls().stream()
                .filter(call -> call.name().equals(name))
                .findFirst();
        if (description.isEmpty()) {
            List<String> names =
                    machine.calls().stream().map(CallDescription::name).toList();
            String hint = Nearest.hint(name, names);
            problems.add(entry.key(), "FS221", machine.protocol() + " has no call '" + name + "'" + hint);
            return Optional.empty();
        }
        List<ParameterDescription> expected = description.get().parameters();
        List<Node> given = values.list(entry.value(), "calls." + name, "a list of arguments in [ ]");
        if (!(entry.value() instanceof org.snakeyaml.engine.v2.nodes.SequenceNode)) {
            return Optional.empty();
        } else if (given.size() != expected.size()) {
            problems.add(
                    entry.value(),
                    "FS221",
                    "calls." + name + " takes " + expected.size() + " arguments " + signature(expected) + ", not "
                            + given.size());
            return Optional.empty();
        }
        return arguments(name, expected, given).map(arguments -> new ConfiguredCall(name, arguments));
    }

    private Optional<List<Object>> arguments(String name, List<ParameterDescription> expected, List<Node> given) {
        List<Object> arguments = new ArrayList<>();
        TypedValues typed = new TypedValues(values);
        for (int index = 0; index < given.size(); index++) {
            ParameterDescription parameter = expected.get(index);
            typed.read(given.get(index), parameter.type(), "calls." + name + "." + parameter.name())
                    .ifPresent(arguments::add);
        }
        return arguments.size() == given.size() ? Optional.of(arguments) : Optional.empty();
    }

    private static String signature(List<ParameterDescription> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.type().getSimpleName() + " " + parameter.name())
                .toList()
                .toString();
    }
}
