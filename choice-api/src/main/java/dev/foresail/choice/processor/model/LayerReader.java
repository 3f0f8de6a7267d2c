package dev.foresail.choice.processor.model;

import dev.foresail.choice.processor.encoding.Encodings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads what a protocol has to do with other layers; never complains, which is the checks' task. */
final class LayerReader {
    private final Elements elements;
    private final Types types;

    LayerReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** @param handlers those of calls between layers */
    LayerModel read(TypeElement type, List<VariableElement> fields, List<HandlerModel> handlers) {
        Optional<TypeMirror> provided = Annotations.find(type, "Protocol")
                .flatMap(each -> Annotations.type(each, "provides"))
                .filter(each -> each.getKind() != TypeKind.VOID);
        Optional<ServiceModel> provides = provided.flatMap(each -> ServiceModel.of(each, elements, types));
        List<LayerModel.Use> uses = new ArrayList<>();
        for (VariableElement field : fields) {
            Annotations.find(field, "Uses")
                    .ifPresent(each -> uses.add(new LayerModel.Use(
                            field,
                            each,
                            ServiceModel.of(field.asType(), elements, types),
                            Annotations.texts(each, "ignored"))));
        }
        List<VariableElement> above =
                fields.stream().filter(each -> Annotations.has(each, "Above")).toList();
        List<LayerModel.Answer> answers = new ArrayList<>();
        for (HandlerModel handler : handlers) {
            answers.add(answer(handler, provides, uses));
        }
        return new LayerModel(provided, provides, uses, above, answers);
    }

    private LayerModel.Answer answer(HandlerModel handler, Optional<ServiceModel> provides, List<LayerModel.Use> uses) {
        List<LayerModel.Place> places = new ArrayList<>();
        List<TypeElement> messages = new ArrayList<>();
        if (handler.kind() == HandlerModel.Kind.DOWNCALL) {
            provides.ifPresent(service -> addPlaces(handler, service, -1, places, messages));
        } else {
            Optional<TypeMirror> wanted = Annotations.type(handler.annotation(), "of");
            for (int index = 0; index < uses.size(); index++) {
                Optional<ServiceModel> service = uses.get(index).service();
                if (service.isPresent() && isWanted(wanted, service.get())) {
                    addPlaces(handler, service.get(), index, places, messages);
                }
            }
        }
        return new LayerModel.Answer(handler, List.copyOf(places), List.copyOf(messages));
    }

    private boolean isWanted(Optional<TypeMirror> wanted, ServiceModel service) {
        return wanted.isEmpty() || types.isSameType(wanted.get(), service.type().asType());
    }

    private void addPlaces(
            HandlerModel handler,
            ServiceModel service,
            int index,
            List<LayerModel.Place> places,
            List<TypeElement> messages) {
        boolean upwards = handler.kind() == HandlerModel.Kind.UPCALL;
        List<ExecutableElement> calls = service.calls(upwards);
        for (int method = 0; method < calls.size(); method++) {
            ExecutableElement call = calls.get(method);
            if (fits(handler, call, upwards)) {
                places.add(new LayerModel.Place(index, method));
                narrowed(handler, call).forEach(each -> Encodings.expand(each, messages));
            }
        }
    }

    private boolean fits(HandlerModel handler, ExecutableElement call, boolean upwards) {
        List<HandlerParameter> arguments = handler.with(HandlerParameter.Role.ARGUMENT);
        boolean fits = call.getSimpleName().contentEquals(handler.key())
                && arguments.size() == call.getParameters().size()
                && types.isSameType(handler.method().getReturnType(), call.getReturnType());
        for (int index = 0; fits && index < arguments.size(); index++) {
            TypeMirror wanted = call.getParameters().get(index).asType();
            TypeMirror given = arguments.get(index).type();
            fits = types.isSameType(wanted, given) || upwards && isNarrowed(wanted, given);
        }
        return fits;
    }

    /** Whether a handler with the one takes some of the messages that a call has as the other. */
    private static boolean isNarrowed(TypeMirror wanted, TypeMirror given) {
        return ProtocolReader.isType(wanted, "java.lang.Record")
                && given.getKind() == TypeKind.DECLARED
                && !ProtocolReader.isType(given, "java.lang.Record")
                && Encodings.expand((TypeElement) ((DeclaredType) given).asElement(), new ArrayList<>());
    }

    private static Stream<TypeElement> narrowed(HandlerModel handler, ExecutableElement call) {
        return handler.with(HandlerParameter.Role.ARGUMENT).stream()
                .filter(each ->
                        isNarrowed(call.getParameters().get(each.argument()).asType(), each.type()))
                .map(each -> (TypeElement) ((DeclaredType) each.type()).asElement());
    }
}
