package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;

/** FS560: what says what unknown nodes are like. */
final class GenericCheck extends Check {
    GenericCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        List<ExecutableElement> generics = protocol.generics();
        for (ExecutableElement generic : generics) {
            if (!generic.equals(generics.get(0))) {
                error("FS560", generic, "a protocol has at most one @Generic; merge them into one method");
            } else if (generic.getParameters().stream().noneMatch(each -> isBroken(each.asType()))) {
                problem(generic)
                        .ifPresent(text ->
                                error("FS560", generic, "the method '" + generic.getSimpleName() + "' " + text));
            }
        }
    }

    private Optional<String> problem(ExecutableElement generic) {
        if (generic.getModifiers().contains(Modifier.STATIC)
                || generic.getReturnType().getKind() != TypeKind.VOID
                || !generic.getThrownTypes().isEmpty()
                || unreachable(generic).isPresent()) {
            return Optional.of(
                    "must be void, neither static nor private, and throw nothing that is checked: it sets the"
                            + " fields of a new state");
        }
        if (protocol.layer().isLayer()) {
            return Optional.of("is of a layer, and layers are not asked: of nodes that are not known nothing is"
                    + " foreseen in a stack; take it out");
        }
        Set<String> seen = new HashSet<>();
        for (VariableElement parameter : generic.getParameters()) {
            Optional<String> problem = problem(parameter, seen);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> problem(VariableElement parameter, Set<String> seen) {
        boolean isFrom = ProtocolReader.isNodeId(parameter.asType()) && Annotations.has(parameter, "From");
        if (isFrom || ProtocolReader.isNode(parameter.asType())) {
            return seen.add(parameter.asType().toString())
                    ? Optional.empty()
                    : Optional.of("gets the same thing twice");
        }
        return ProtocolReader.isType(parameter.asType(), KNOWN)
                ? knownProblem(parameter)
                : Optional.of("gets nothing for its parameter '" + parameter.getSimpleName()
                        + "'; @Generic takes @From NodeId, Known parameters named like aggregates, and Node");
    }
}
