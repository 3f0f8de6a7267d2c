package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.PhaseModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS032, FS033, FS034: aggregates, how messages change them, and the neighbours. */
final class AggregateCheck extends Check {
    AggregateCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        Set<String> names = new HashSet<>();
        for (ExecutableElement aggregate : protocol.aggregates()) {
            if (!names.add(aggregate.getSimpleName().toString())) {
                error("FS032", aggregate, "two aggregates are named '" + aggregate.getSimpleName() + "'; rename one");
            } else if (!isBrokenMethod(aggregate)) {
                aggregateProblem(aggregate).ifPresent(text -> error("FS032", aggregate, text));
            }
        }
        protocol.handOvers().stream().filter(each -> !isBrokenMethod(each)).forEach(this::checkHandOver);
        protocol.neighbours().forEach(this::checkNeighbours);
    }

    private boolean isBrokenMethod(ExecutableElement method) {
        boolean broken = isBroken(method.getReturnType());
        for (VariableElement parameter : method.getParameters()) {
            broken |= isBroken(parameter.asType());
        }
        return broken;
    }

    private Optional<String> aggregateProblem(ExecutableElement aggregate) {
        String name = "the aggregate '" + aggregate.getSimpleName() + "'";
        List<? extends VariableElement> parameters = aggregate.getParameters();
        if (!isStatic(aggregate)) {
            return Optional.of(name + " must be static and not private: it sees the state it is given, nothing else");
        }
        try {
            if (encodings.ofValue(aggregate.getReturnType()).holdsRecords()) {
                throw new NotEncodableException("a message of some layer is no aggregate");
            }
        } catch (NotEncodableException refused) {
            return Optional.of(name + " must return an immutable value: " + refused.reason());
        }
        if (parameters.isEmpty()
                || parameters.size() > 2
                || !isState(parameters.get(0).asType(), aggregate)) {
            return Optional.of(name + " takes the state and at most one Known, named like the neighbours it is of");
        }
        if (parameters.size() == 1) {
            return Optional.empty();
        }
        VariableElement known = parameters.get(1);
        if (!isOf(known.asType(), KNOWN, aggregate.getReturnType())) {
            return Optional.of(name + " takes Known<" + boxed(aggregate.getReturnType()) + "> as its second parameter");
        }
        return nodesProblem(known.getSimpleName().toString())
                .map(why -> name + " asks for '" + known.getSimpleName() + "', but " + why);
    }

    private void checkHandOver(ExecutableElement handOver) {
        AnnotationMirror annotation = Annotations.find(handOver, "HandOver").orElseThrow();
        String wanted = Annotations.text(annotation, "value", "");
        Optional<ExecutableElement> aggregate = protocol.aggregateNamed(wanted);
        if (aggregate.isEmpty()) {
            List<String> known = protocol.aggregates().stream()
                    .map(each -> each.getSimpleName().toString())
                    .toList();
            error(
                    "FS033",
                    handOver,
                    annotation,
                    "value",
                    "no aggregate is named '" + wanted + "'" + Nearest.hint(wanted, known));
        } else if (!fits(handOver, aggregate.get().getReturnType())) {
            TypeMirror value = aggregate.get().getReturnType();
            error(
                    "FS033",
                    handOver,
                    "the hand-over '" + handOver.getSimpleName() + "' must be static " + value + " "
                            + handOver.getSimpleName() + "(" + value + " value, M message) with a message M of this"
                            + " protocol");
        } else if (messagesOf(handOver)
                .noneMatch(each -> !protocol.handlersOf(each).isEmpty())) {
            error(
                    "FS033",
                    handOver,
                    "the hand-over '" + handOver.getSimpleName() + "' would not be seen: "
                            + handOver.getParameters().get(1).asType()
                            + " has no @OnMessage, so it travels within messages of another layer only");
        }
    }

    private boolean fits(ExecutableElement handOver, TypeMirror value) {
        List<? extends VariableElement> parameters = handOver.getParameters();
        return isStatic(handOver)
                && types.isSameType(handOver.getReturnType(), value)
                && parameters.size() == 2
                && types.isSameType(parameters.get(0).asType(), value)
                && parameters.get(1).asType().getKind() == TypeKind.DECLARED
                && messagesOf(handOver).findAny().isPresent();
    }

    private Stream<TypeElement> messagesOf(ExecutableElement handOver) {
        TypeMirror taken = handOver.getParameters().get(1).asType();
        return protocol.messages().stream()
                .filter(each -> PhaseModel.asking(each, protocol).isEmpty())
                .filter(each -> types.isAssignable(each.asType(), taken));
    }

    private void checkNeighbours(Element marked) {
        if (marked.asType().getKind() != TypeKind.EXECUTABLE && isBroken(marked.asType())) {
            return;
        }
        nodesProblem(marked.getSimpleName().toString())
                .ifPresent(why ->
                        error("FS034", marked, "'" + marked.getSimpleName() + "' cannot name the neighbours: " + why));
    }
}
