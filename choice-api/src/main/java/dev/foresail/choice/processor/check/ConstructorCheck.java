package dev.foresail.choice.processor.check;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;

/** FS025, FS035: the constructor and the configuration. */
final class ConstructorCheck extends Check {
    private static final Map<String, Class<?>> UNDERSTOOD = Map.of(
            "java.lang.Boolean", Boolean.class,
            "java.lang.Integer", Integer.class,
            "java.lang.Long", Long.class,
            "java.lang.Double", Double.class,
            "java.lang.String", String.class,
            "java.time.Duration", Duration.class,
            "dev.foresail.choice.NodeId", NodeId.class);

    ConstructorCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        if (protocol.type().getKind() != ElementKind.CLASS) {
            return;
        }
        if (protocol.constructors().size() != 1) {
            error(
                    "FS025",
                    protocol.type(),
                    "a protocol has exactly one constructor that is not private, not "
                            + protocol.constructors().size() + "; the machine makes new states with it");
            return;
        }
        if (!protocol.constructors().get(0).getThrownTypes().isEmpty()) {
            error("FS025", protocol.constructors().get(0), "the constructor must not declare exceptions");
        }
        protocol.configuration().forEach(this::checkParameter);
    }

    private void checkParameter(Configuration configuration) {
        VariableElement parameter = configuration.parameter();
        if (isBroken(parameter.asType())) {
            return;
        }
        Class<?> type = UNDERSTOOD.get(boxed(parameter.asType()).toString());
        if (type == null) {
            error(
                    "FS025",
                    parameter,
                    "the configuration value '" + configuration.name()
                            + "' must be boolean, int, long, double, String, Duration or NodeId");
        } else {
            checkDefault(parameter, type);
        }
        checkField(configuration);
    }

    private void checkField(Configuration configuration) {
        VariableElement parameter = configuration.parameter();
        Optional<VariableElement> field = configuration.field();
        if (field.isEmpty() || !types.isSameType(field.get().asType(), parameter.asType())) {
            error(
                    "FS025",
                    parameter,
                    "the constructor's parameter '" + configuration.name()
                            + "' needs a final field of the same name and type, from which copies take it");
        } else {
            unreachable(field.get())
                    .ifPresent(must -> error(
                            "FS025",
                            field.get(),
                            "the field '" + configuration.name() + "' " + must
                                    + ": the machine, a class beside the protocol, reads it"));
        }
    }

    private void checkDefault(VariableElement parameter, Class<?> type) {
        Optional<AnnotationMirror> annotation = Annotations.find(parameter, "Default");
        if (annotation.isEmpty()) {
            return;
        }
        String name = parameter.getSimpleName().toString();
        String text = Annotations.text(annotation.get(), "value", "");
        try {
            ParameterValues.read(List.of(new ParameterDescription(name, type, Optional.of(text))), Map.of());
        } catch (IllegalArgumentException wrong) {
            error("FS035", parameter, annotation.get(), "value", String.valueOf(wrong.getMessage()));
        }
    }
}
