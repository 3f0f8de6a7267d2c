package dev.foresail.choice.processor.model;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A handler.
 *
 * @param index its place among the protocol's handlers of events, of calls of other layers, or of what follows at the end of a step
 * @param key what it handles within its kind: the timer's or call's name, also of a detector's timer, a phase's or a call between layers; empty for others
 * @param when its guards as written
 * @param messages the records it handles, sealed interfaces expanded
 */
public record HandlerModel(
        int index,
        Kind kind,
        ExecutableElement method,
        AnnotationMirror annotation,
        String key,
        List<String> when,
        String otherwise,
        String choice,
        List<HandlerParameter> parameters,
        List<TypeElement> messages) {
    /** The kinds of events, and of what is handled within one. */
    public enum Kind {
        START("OnStart"),
        RESTART("OnRestart"),
        MESSAGE("OnMessage"),
        TIMER("OnTimer"),
        CALL("OnCall"),
        CONNECTION_ERROR("OnConnectionError"),
        SUSPICION("OnSuspicion"),
        SILENCE("OnSilence"),
        DOWNCALL("OnDowncall"),
        UPCALL("OnUpcall"),
        CHANGE("OnChange"),
        PHASE("OnPhase");

        private final String annotation;

        Kind(String annotation) {
            this.annotation = annotation;
        }

        /** The annotation's simple name. */
        public String annotation() {
            return annotation;
        }

        /** Whether the event is of another node: a sender or a peer. */
        public boolean hasPeer() {
            return this == MESSAGE || isOfPeer();
        }

        /** Whether the event is nothing but what became of a peer, so that a {@code NodeId} can only be the peer's. */
        public boolean isOfPeer() {
            return this == CONNECTION_ERROR || this == SUSPICION;
        }

        /** Whether handlers may have choice parameters. */
        public boolean hasChoices() {
            return this != START && this != RESTART && this != SILENCE && isEvent();
        }

        /** Whether the event is a timer that goes off, be it a detector's. */
        public boolean isOfTimer() {
            return this == TIMER || this == SILENCE;
        }

        /** Whether it begins a step of its own. */
        public boolean isEvent() {
            return !isLayerCall() && !isOfStepEnd();
        }

        /** Whether it is no event, but what follows at the end of one. */
        public boolean isOfStepEnd() {
            return this == CHANGE || this == PHASE;
        }

        /** Whether parameters get what the kind alone says, unlike those of events from outside. */
        boolean hasOwnRoles() {
            return !isEvent() || this == SILENCE;
        }

        /** Whether it is no event, but a call of another layer within one. */
        public boolean isLayerCall() {
            return this == DOWNCALL || this == UPCALL;
        }
    }

    public String name() {
        return method.getSimpleName().toString();
    }

    public List<HandlerParameter> choices() {
        return with(HandlerParameter.Role.CHOICE);
    }

    public List<HandlerParameter> with(HandlerParameter.Role role) {
        return parameters.stream().filter(each -> each.role() == role).toList();
    }
}
