package dev.foresail.choice.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * What a protocol has to do with other layers of its node. Immutable.
 *
 * @param providedType what it says to provide; empty when it says nothing
 * @param provides the service; empty when it provides none, or the type is none
 * @param above the fields marked {@code @Above}
 * @param answers the handlers of calls of other layers
 */
public record LayerModel(
        Optional<TypeMirror> providedType,
        Optional<ServiceModel> provides,
        List<Use> uses,
        List<VariableElement> above,
        List<Answer> answers) {
    /**
     * A service of a layer below.
     *
     * @param service empty when the field's type is none
     */
    public record Use(
            VariableElement field, AnnotationMirror annotation, Optional<ServiceModel> service, List<String> ignored) {}

    /**
     * A handler with the calls that it fits: one, when there is no mistake.
     *
     * @param messages the records to which it restricts what the call has as a {@code Record}
     */
    public record Answer(HandlerModel handler, List<Place> places, List<TypeElement> messages) {}

    /**
     * A call.
     *
     * @param service its place among the services that are used; -1 for the one that is provided
     * @param method its place among the service's downcalls or upcalls
     */
    public record Place(int service, int method) {}

    /** The handlers of a call, in the order of the source. */
    public List<HandlerModel> handlersOf(Place place) {
        return answers.stream()
                .filter(each -> each.places().contains(place))
                .map(Answer::handler)
                .toList();
    }

    /** The fields that are no state. */
    public Stream<VariableElement> fields() {
        return Stream.concat(uses.stream().map(Use::field), above.stream());
    }

    /** Whether it can stand in a stack with others: it provides a service or uses one. */
    public boolean isLayer() {
        return provides.isPresent() || !uses.isEmpty();
    }
}
