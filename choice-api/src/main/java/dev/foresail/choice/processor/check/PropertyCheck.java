package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.ContributionModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS030, FS031, FS035: properties and metrics. */
final class PropertyCheck extends Check {
    private static final Set<TypeKind> NUMBERS =
            Set.of(TypeKind.BYTE, TypeKind.SHORT, TypeKind.INT, TypeKind.LONG, TypeKind.FLOAT, TypeKind.DOUBLE);

    PropertyCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        for (ExecutableElement property : protocol.properties()) {
            checkProperty(property);
            Annotations.find(property, "Liveness").ifPresent(each -> checkDuration(property, each, "within"));
        }
        Set<String> names = new HashSet<>();
        for (ExecutableElement metric : protocol.metrics()) {
            if (!names.add(metric.getSimpleName().toString())) {
                error("FS031", metric, "two metrics are named '" + metric.getSimpleName() + "'; rename one");
            }
            metricProblem(metric).ifPresent(text -> error("FS031", metric, text));
        }
    }

    private void checkProperty(ExecutableElement property) {
        boolean fits = ContributionModel.isOfMultisets(property) || takesStates(property);
        if (!fits || property.getReturnType().getKind() != TypeKind.BOOLEAN || !isStatic(property)) {
            String own = declarer(property).getSimpleName().toString();
            error(
                    "FS030",
                    property,
                    "the property '" + property.getSimpleName() + "' must be static boolean, not private, and take ("
                            + own + "), (" + own + ", NodeId), (SystemView<" + own + ">) or @Each(\"name\") Multiset<V>"
                            + " parameters");
        }
    }

    private boolean takesStates(ExecutableElement property) {
        List<? extends VariableElement> parameters = property.getParameters();
        if (parameters.isEmpty()) {
            return false;
        }
        TypeMirror first = parameters.get(0).asType();
        return isView(first, property) && parameters.size() == 1
                || isState(first, property)
                        && (parameters.size() == 1
                                || parameters.size() == 2
                                        && ProtocolReader.isNodeId(
                                                parameters.get(1).asType()));
    }

    private Optional<String> metricProblem(ExecutableElement metric) {
        String name = "the metric '" + metric.getSimpleName() + "'";
        if (!isStatic(metric) || !isNumber(metric.getReturnType())) {
            return Optional.of(name + " must be static, not private, and return a number");
        }
        List<? extends VariableElement> parameters = metric.getParameters();
        if (parameters.isEmpty() || !isView(parameters.get(0).asType(), metric)) {
            return Optional.of(name + " takes SystemView<" + declarer(metric).getSimpleName()
                    + "> first, and after it Known parameters named like aggregates");
        }
        for (VariableElement parameter : parameters.subList(1, parameters.size())) {
            Optional<String> problem = knownProblem(parameter);
            if (problem.isPresent()) {
                return problem.map(text -> name + " " + text);
            }
        }
        return Optional.empty();
    }

    private boolean isNumber(TypeMirror type) {
        if (type.getKind() == TypeKind.DECLARED) {
            try {
                return NUMBERS.contains(types.unboxedType(type).getKind());
            } catch (IllegalArgumentException notBoxed) {
                return false;
            }
        }
        return NUMBERS.contains(type.getKind());
    }
}
