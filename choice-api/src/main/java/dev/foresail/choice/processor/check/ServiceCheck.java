package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.LayerModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import dev.foresail.choice.processor.model.ServiceModel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS488: the services that a protocol provides and uses, and the fields by which it does. */
final class ServiceCheck extends Check {
    ServiceCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        checkProvided();
        Set<TypeElement> seen = new HashSet<>();
        for (LayerModel.Use use : protocol.layer().uses()) {
            if (!isBroken(use.field().asType())) {
                checkUse(use, seen);
            }
        }
        checkAbove();
    }

    private void checkProvided() {
        LayerModel layer = protocol.layer();
        if (layer.providedType().isEmpty() || isBroken(layer.providedType().get())) {
            return;
        }
        AnnotationMirror annotation =
                Annotations.find(protocol.type(), "Protocol").orElseThrow();
        problem(layer.provides())
                .ifPresent(why -> error(
                        "FS488",
                        protocol.type(),
                        annotation,
                        "provides",
                        "'" + layer.providedType().get() + "' cannot be provided: " + why));
    }

    private void checkUse(LayerModel.Use use, Set<TypeElement> seen) {
        checkField(use.field());
        Optional<String> problem = problem(use.service());
        if (problem.isPresent()) {
            error("FS488", use.field(), "'" + use.field().asType() + "' cannot be used: " + problem.get());
        } else if (!seen.add(use.service().orElseThrow().type())) {
            error("FS488", use.field(), "the service " + use.field().asType() + " is used twice; one field is enough");
        }
    }

    private void checkAbove() {
        for (VariableElement field : protocol.layer().above()) {
            Optional<TypeElement> upcalls = protocol.layer().provides().flatMap(ServiceModel::upcallsType);
            if (isBroken(field.asType())) {
                continue;
            }
            checkField(field);
            boolean fits = upcalls.isPresent()
                    && types.isSameType(field.asType(), upcalls.get().asType());
            if (!fits) {
                String wanted = upcalls.map(each -> "its type is " + each.getQualifiedName())
                        .orElse("the protocol provides no service that has an interface Upcalls");
                error("FS488", field, "'" + field.getSimpleName() + "' cannot be @Above: " + wanted);
            } else if (!field.equals(protocol.layer().above().get(0))) {
                error("FS488", field, "there is one field @Above already; one is enough");
            }
        }
    }

    private void checkField(VariableElement field) {
        Optional<String> must = unreachable(field);
        boolean fixed = field.getModifiers().contains(Modifier.FINAL)
                || field.getModifiers().contains(Modifier.STATIC);
        if (must.isPresent() || fixed) {
            error(
                    "FS488",
                    field,
                    "the field '" + field.getSimpleName() + "' "
                            + must.orElse("must be neither final nor static") + ": the machine, a class beside the"
                            + " protocol, sets it");
        }
    }

    private Optional<String> problem(Optional<ServiceModel> service) {
        if (service.isEmpty()) {
            return Optional.of("it is no interface marked @Service");
        }
        if (!service.get().type().getTypeParameters().isEmpty()) {
            return Optional.of("a service has no type parameters");
        }
        return service.get().downcalls().stream()
                .flatMap(call -> callProblem(call, false).stream())
                .findFirst()
                .or(() -> service.get().upcalls().stream()
                        .flatMap(call -> callProblem(call, true).stream())
                        .findFirst());
    }

    private Optional<String> callProblem(ExecutableElement call, boolean upwards) {
        String name = "its call '" + call.getSimpleName() + "' ";
        if (!call.getTypeParameters().isEmpty() || !call.getThrownTypes().isEmpty()) {
            return Optional.of(name + "must neither be generic nor declare exceptions");
        }
        for (VariableElement parameter : call.getParameters()) {
            Optional<String> shared = whyShared(parameter.asType());
            if (shared.isPresent()) {
                return Optional.of(name + "hands over '" + parameter.asType() + "'" + shared.get());
            }
            boolean names = Annotations.has(parameter, "Caller");
            if (names && !(upwards && ProtocolReader.isType(parameter.asType(), "java.lang.String"))) {
                return Optional.of(name + "has a parameter @Caller that is no String of an upcall");
            }
        }
        return whyShared(call.getReturnType()).map(why -> name + "returns '" + call.getReturnType() + "'" + why);
    }

    /** Why two layers would share something that can change; empty when what is handed over is a value, or copied. */
    private Optional<String> whyShared(TypeMirror type) {
        if (type.getKind() == TypeKind.VOID || isBroken(type)) {
            return Optional.empty();
        }
        try {
            encodings.ofValue(type);
            return Optional.empty();
        } catch (NotEncodableException refused) {
            return Optional.of(", which two layers would share: " + refused.reason());
        }
    }
}
