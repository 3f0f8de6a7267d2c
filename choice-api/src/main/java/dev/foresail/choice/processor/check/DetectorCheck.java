package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.Detector;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** FS504 to FS506: whom detectors watch, what they send and take for an answer, how often, and where they count. */
final class DetectorCheck extends Check {
    private static final Set<String> GENERATED = Set.of("Ping", "Pong");

    private final Set<String> counts = new HashSet<>();
    private final Set<String> timers = new HashSet<>();

    DetectorCheck(Context context) {
        super(context);
        timers.addAll(protocol.keys(HandlerModel.Kind.TIMER));
    }

    @Override
    void run() {
        for (Detector detector : Detector.all(protocol)) {
            nodesProblem(detector.of())
                    .ifPresent(why -> refuse(
                            "FS504", detector, "of", "'" + detector.of() + "' does not say which nodes: " + why));
            checkHandler(detector);
            durationProblem(detector).ifPresent(text -> refuse("FS505", detector, "every", text));
            countsProblem(detector.counts()).ifPresent(text -> refuse("FS506", detector, "counts", text));
            sendProblem(detector).ifPresent(text -> refuse("FS504", detector, "send", text));
            answerProblem(detector).ifPresent(text -> refuse("FS504", detector, "answers", text));
        }
    }

    private void refuse(String code, Detector detector, String member, String text) {
        error(code, detector.handler().method(), detector.handler().annotation(), member, text);
    }

    private void checkHandler(Detector detector) {
        HandlerModel handler = detector.handler();
        if (handler.with(HandlerParameter.Role.FROM).isEmpty()) {
            error("FS003", handler.method(), "the handler '" + handler.name() + "' takes the silent node's NodeId");
        }
        if (!timers.add(handler.key())) {
            error(
                    "FS012",
                    handler.method(),
                    "the timer '" + handler.key() + "' of '" + handler.name()
                            + "' is there already; give it another name");
        }
    }

    private Optional<String> durationProblem(Detector detector) {
        Optional<String> problem = durationProblem(detector.every()).or(() -> durationProblem(detector.within()));
        if (problem.isPresent()) {
            return problem;
        }
        Optional<Duration> every = written(detector.every());
        Optional<Duration> within = written(detector.within());
        if (every.filter(Duration::isZero).isPresent()) {
            return Optional.of("the period of '" + detector.handler().name() + "' must be above 0");
        }
        return every.isPresent() && within.isPresent() && within.get().compareTo(every.get()) < 0
                ? Optional.of("'" + detector.handler().name() + "' cannot notice silence of " + detector.within()
                        + " by probes every " + detector.every())
                : Optional.empty();
    }

    private Optional<String> countsProblem(String name) {
        Optional<VariableElement> field = protocol.fields().stream()
                .filter(each -> each.getSimpleName().contentEquals(name))
                .findFirst();
        if (field.isEmpty()) {
            return Optional.of("no field of the state is named '" + name + "'; add final SortedMap<NodeId, Integer> "
                    + name + " = new TreeMap<>()");
        }
        boolean kept = Annotations.has(field.get(), "Durable") || Annotations.has(field.get(), "Stable");
        if (!field.get().getModifiers().contains(Modifier.FINAL)
                || kept
                || !isCounts(field.get().asType())) {
            return Optional.of(
                    "the field '" + name
                            + "', in which a detector counts, must be a final SortedMap<NodeId, Integer> that is neither durable nor stable");
        }
        return counts.add(name)
                ? Optional.empty()
                : Optional.of("the field '" + name + "' is another detector's; each counts in one of its own");
    }

    private boolean isCounts(TypeMirror type) {
        if (!ProtocolReader.isType(type, "java.util.SortedMap")) {
            return false;
        }
        List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
        return arguments.size() == 2
                && ProtocolReader.isNodeId(arguments.get(0))
                && ProtocolReader.isType(arguments.get(1), "java.lang.Integer");
    }

    private Optional<String> sendProblem(Detector detector) {
        if (detector.send().isEmpty()) {
            return protocol.messages().stream()
                    .map(each -> each.getSimpleName().toString())
                    .filter(GENERATED::contains)
                    .findFirst()
                    .map(name -> "the generated messages Ping and Pong could not be told from the protocol's own "
                            + name + "; rename it, or say what to send");
        }
        List<ExecutableElement> methods = protocol.methodsNamed(detector.send()).stream()
                .filter(each -> each.getParameters().isEmpty())
                .toList();
        if (methods.isEmpty()) {
            return Optional.of("no method without parameters is named '" + detector.send() + "'"
                    + Nearest.hint(detector.send(), senders()));
        }
        Optional<String> must = unreachable(methods.get(0));
        if (must.isPresent() || !methods.get(0).getThrownTypes().isEmpty()) {
            return Optional.of("'" + detector.send() + "' " + must.orElse("must not declare exceptions"));
        }
        return isMessage(methods.get(0).getReturnType())
                ? Optional.empty()
                : Optional.of("'" + detector.send() + "' must return a message that a handler of this protocol takes");
    }

    private List<String> senders() {
        List<String> names = new ArrayList<>();
        protocol.methods().stream()
                .filter(each -> each.getParameters().isEmpty() && isMessage(each.getReturnType()))
                .forEach(each -> names.add(each.getSimpleName().toString()));
        return names;
    }

    private boolean isMessage(TypeMirror type) {
        return protocol.messages().stream()
                .filter(each -> !protocol.handlersOf(each).isEmpty())
                .filter(each -> PhaseModel.asking(each, protocol).isEmpty())
                .anyMatch(each -> types.isSameType(each.asType(), type));
    }

    private Optional<String> answerProblem(Detector detector) {
        if (detector.send().isEmpty() && !detector.answers().isEmpty()) {
            return Optional.of("a ping is answered by a generated message; say what to send, or leave out answers");
        }
        return detector.answers().stream()
                .filter(each -> !isMessage(each.asType()))
                .findFirst()
                .map(TypeElement::getSimpleName)
                .map(name -> "'" + name + "' is no message of this protocol: no handler takes it");
    }
}
