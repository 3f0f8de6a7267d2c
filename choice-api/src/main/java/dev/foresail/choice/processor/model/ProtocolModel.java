package dev.foresail.choice.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/**
 * What was read of a protocol class.
 *
 * @param constructors those that are not private
 * @param fields all instance fields that are neither configuration nor of other layers, those of superclasses first
 * @param handlers those of events
 * @param changes the handlers of what follows at the end of a step: changes of the state, ends of phases
 * @param messages those that handlers of events take, then those that are known of calls of other layers only
 * @param methods all methods, those of superclasses first, without those that are overridden or hidden
 */
public record ProtocolModel(
        TypeElement type,
        Lineage lineage,
        String name,
        String packageName,
        List<ExecutableElement> constructors,
        List<Configuration> configuration,
        List<VariableElement> fields,
        List<ExecutableElement> methods,
        List<HandlerModel> handlers,
        List<HandlerModel> changes,
        List<TypeElement> messages,
        List<ExecutableElement> aggregates,
        List<ExecutableElement> handOvers,
        List<ExecutableElement> metrics,
        List<ExecutableElement> properties,
        List<Element> neighbours,
        LayerModel layer) {
    /** The class's name within its package, such as {@code Outer.Inner}. */
    public String localName() {
        String qualified = type.getQualifiedName().toString();
        return packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1);
    }

    /** The simple name of the generated machine. */
    public String machineName() {
        return localName().replace('.', '_') + "Machine";
    }

    /** The machine's binary name. */
    public String machineBinaryName() {
        return packageName.isEmpty() ? machineName() : packageName + "." + machineName();
    }

    public List<ExecutableElement> methodsNamed(String wanted) {
        return methods.stream()
                .filter(each -> each.getSimpleName().contentEquals(wanted))
                .toList();
    }

    /** The state or configuration field of that name. */
    public Optional<VariableElement> fieldNamed(String wanted) {
        List<VariableElement> all = new ArrayList<>(fields);
        configuration.forEach(each -> each.field().ifPresent(all::add));
        return all.stream()
                .filter(each -> each.getSimpleName().contentEquals(wanted))
                .findFirst();
    }

    public List<HandlerModel> handlersOf(HandlerModel.Kind kind) {
        return handlers.stream().filter(each -> each.kind() == kind).toList();
    }

    public List<HandlerModel> handlersOf(HandlerModel.Kind kind, String key) {
        return handlersOf(kind).stream().filter(each -> each.key().equals(key)).toList();
    }

    /** The handlers of events, behind them those of calls of other layers, and those of changes. */
    public List<HandlerModel> allHandlers() {
        Stream<HandlerModel> events =
                Stream.concat(handlers.stream(), layer.answers().stream().map(LayerModel.Answer::handler));
        return Stream.concat(events, changes.stream()).toList();
    }

    /** The handlers of a record. */
    public List<HandlerModel> handlersOf(TypeElement message) {
        return handlers.stream()
                .filter(each -> each.messages().contains(message))
                .toList();
    }

    /** The distinct keys of a kind, in the order of the source. */
    public List<String> keys(HandlerModel.Kind kind) {
        return handlersOf(kind).stream().map(HandlerModel::key).distinct().toList();
    }

    /** What says what nodes may be like of which there is no checkpoint. */
    public List<ExecutableElement> generics() {
        return methods.stream().filter(each -> Annotations.has(each, "Generic")).toList();
    }

    /** The names of timers, those of detectors too, in the order of the source; behind them the deadlines of phases. */
    public List<String> timers() {
        Stream<String> timers = handlers.stream()
                .filter(each -> each.kind().isOfTimer())
                .map(HandlerModel::key)
                .distinct();
        Stream<String> deadlines = PhaseModel.all(this).stream()
                .filter(PhaseModel::hasDeadline)
                .map(each -> each.handler().key());
        return Stream.concat(timers, deadlines).toList();
    }

    public List<HandlerModel> handlersOfTimer(String timer) {
        return handlers.stream()
                .filter(each -> each.kind().isOfTimer() && each.key().equals(timer))
                .toList();
    }

    public Optional<ExecutableElement> aggregateNamed(String wanted) {
        return aggregates.stream()
                .filter(each -> each.getSimpleName().contentEquals(wanted))
                .findFirst();
    }
}
