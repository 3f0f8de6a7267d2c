package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.model.Annotations;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.PhaseModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** FS516 to FS519: phases and their handlers, who answers, when enough have, and for how long it is waited. */
final class PhaseCheck extends Check {
    private final Set<String> handled = new HashSet<>();
    private final Set<String> generated = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    PhaseCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        protocol.messages().forEach(each -> generated.add(each.getSimpleName().toString()));
        for (PhaseModel phase : PhaseModel.all(protocol)) {
            Optional<String> problem = fieldProblem(phase);
            problem.ifPresent(text -> refuse("FS516", phase, "of", text));
            if (problem.isEmpty()) {
                check(phase);
            }
        }
        for (VariableElement field : PhaseModel.fields(protocol)) {
            if (!handled.contains(field.getSimpleName().toString())) {
                error(
                        "FS516",
                        field,
                        "nothing goes on after the phase '" + field.getSimpleName()
                                + "'; add a handler marked @OnPhase(of = \"" + field.getSimpleName() + "\")");
            }
        }
    }

    private void refuse(String code, PhaseModel phase, String member, String text) {
        error(code, phase.handler().method(), phase.handler().annotation(), member, text);
    }

    private Optional<String> fieldProblem(PhaseModel phase) {
        boolean first = handled.add(phase.of());
        if (phase.field().isEmpty()) {
            List<String> names = PhaseModel.fields(protocol).stream()
                    .map(each -> each.getSimpleName().toString())
                    .toList();
            return Optional.of(
                    names.contains(phase.of())
                            ? "the phase '" + phase.of() + "' does not say of what; give its type arguments"
                            : "no field of the type Phase is named '" + phase.of() + "'"
                                    + Nearest.hint(phase.of(), names));
        }
        VariableElement field = phase.field().get();
        if (!field.getModifiers().contains(Modifier.FINAL) || Annotations.has(field, "Stable")) {
            return Optional.of("the phase '" + phase.of() + "' must be a final field that is not stable");
        }
        return first
                ? Optional.empty()
                : Optional.of("another handler goes on after '" + phase.of() + "'; say what is otherwise by otherwise");
    }

    private void check(PhaseModel phase) {
        TypeMirror question = ((DeclaredType) phase.field().orElseThrow().asType())
                .getTypeArguments()
                .get(0);
        if (isBroken(question) || isBroken(phase.answer().orElseThrow())) {
            return;
        }
        if (Annotations.has(phase.handler().method(), "In")) {
            refuse("FS516", phase, "of", "a phase ends in whatever control state the node is; ask it in the handler");
        }
        if (!names.add(phase.handler().name())) {
            refuse(
                    "FS516",
                    phase,
                    "of",
                    "another phase has a handler named '" + phase.handler().name()
                            + "'; what is generated for it has its name, so give it one of its own");
        }
        parametersProblem(phase.handler().method(), phase, true)
                .ifPresent(text -> error("FS003", phase.handler().method(), text));
        questionProblem(phase, question)
                .ifPresent(text -> error("FS517", phase.field().orElseThrow(), text));
        checkAnswers(phase);
        untilProblem(phase).ifPresent(text -> refuse("FS518", phase, "until", text));
        otherwiseProblem(phase)
                .ifPresent(text -> refuse("FS518", phase, phase.otherwise().isEmpty() ? "until" : "otherwise", text));
        deadlineProblem(phase).ifPresent(text -> refuse("FS519", phase, "deadline", text));
        if (protocol.keys(HandlerModel.Kind.TIMER).contains(phase.handler().key())) {
            error(
                    "FS012",
                    phase.handler().method(),
                    "the timer '" + phase.handler().key() + "' of '"
                            + phase.handler().name() + "' is there already; give it another name");
        }
    }

    private Optional<String> questionProblem(PhaseModel phase, TypeMirror question) {
        Optional<TypeElement> record = phase.question()
                .filter(each -> each.getKind() == ElementKind.RECORD)
                .filter(each -> each.getTypeParameters().isEmpty());
        if (record.isEmpty()) {
            return Optional.of("what is asked must be a record without type parameters, not " + question);
        }
        if (!PhaseModel.asking(record.get(), protocol).equals(Optional.of(phase))) {
            return Optional.of("'" + record.get().getSimpleName()
                    + "' is asked in another phase already; a kind of question belongs to one phase");
        }
        if (protocol.handlersOf(record.get()).isEmpty()) {
            String name = record.get().getSimpleName().toString();
            return Optional.of("no handler answers " + name + "; add @OnMessage "
                    + phase.answer().orElseThrow() + " " + Character.toLowerCase(name.charAt(0)) + name.substring(1)
                    + "(" + name + " question)");
        }
        return generated.add(phase.askName()) && generated.add(phase.answerName())
                ? Optional.empty()
                : Optional.of("the generated messages " + phase.askName() + " and " + phase.answerName()
                        + " could not be told from others of these names; rename "
                        + record.get().getSimpleName());
    }

    private void checkAnswers(PhaseModel phase) {
        List<HandlerModel> answering =
                phase.question().map(protocol::handlersOf).orElse(List.of());
        TypeMirror answer = phase.answer().orElseThrow();
        for (HandlerModel handler : answering) {
            TypeMirror returned = handler.method().getReturnType();
            if (handler.messages().size() > 1) {
                error(
                        "FS517",
                        handler.method(),
                        "'" + handler.name() + "' takes "
                                + phase.question().orElseThrow().getSimpleName()
                                + ", which is asked in a phase, beside other messages; give it a handler of its own");
            } else if (returned.getKind() == TypeKind.VOID
                    || !isBroken(returned) && !types.isAssignable(boxed(returned), answer)) {
                error(
                        "FS517",
                        handler.method(),
                        "'" + handler.name() + "' must return the answer that '" + phase.of() + "' waits for, "
                                + answer);
            }
        }
    }

    private Optional<String> untilProblem(PhaseModel phase) {
        if (PhaseModel.WORDS.contains(phase.until())) {
            return Optional.empty();
        }
        List<String> known = new ArrayList<>(PhaseModel.WORDS);
        protocol.methods().stream()
                .filter(each -> each.getReturnType().getKind() == TypeKind.BOOLEAN)
                .filter(each -> parametersProblem(each, phase, false).isEmpty())
                .forEach(each -> known.add(each.getSimpleName().toString()));
        return methodProblem(phase, phase.until(), TypeKind.BOOLEAN, known);
    }

    private Optional<String> otherwiseProblem(PhaseModel phase) {
        if (phase.otherwise().isEmpty()) {
            return phase.until().equals(PhaseModel.WORDS.get(0))
                    ? Optional.empty()
                    : Optional.of(
                            "'" + phase.handler().name() + "' runs only when enough have answered, '" + phase.until()
                                    + "'; say by otherwise what runs when the phase ends without, or name '"
                                    + phase.handler().name() + "' itself there");
        }
        if (phase.otherwise().equals(phase.handler().name())) {
            return Optional.empty();
        }
        List<String> known = protocol.methods().stream()
                .filter(each -> each.getReturnType().getKind() == TypeKind.VOID)
                .map(each -> each.getSimpleName().toString())
                .toList();
        return methodProblem(phase, phase.otherwise(), TypeKind.VOID, known)
                .or(() -> protocol.allHandlers().stream()
                        .filter(each -> each.name().equals(phase.otherwise()))
                        .findFirst()
                        .map(each -> "'" + each.name() + "' is a handler of something else; call it from a method"))
                .or(() -> protocol.methodsNamed(phase.otherwise())
                                .get(0)
                                .getModifiers()
                                .contains(Modifier.STATIC)
                        ? Optional.of("'" + phase.otherwise() + "' must not be static: it changes the state")
                        : Optional.empty());
    }

    private Optional<String> methodProblem(PhaseModel phase, String name, TypeKind returned, List<String> known) {
        List<ExecutableElement> methods = protocol.methodsNamed(name);
        if (methods.isEmpty()) {
            return Optional.of("no method is named '" + name + "'" + Nearest.hint(name, known));
        }
        ExecutableElement method = methods.get(0);
        if (methods.size() > 1) {
            return Optional.of("several methods are named '" + name + "'; give it a name of its own");
        }
        if (method.getReturnType().getKind() != returned) {
            return Optional.of("'" + name + "' must return " + (returned == TypeKind.VOID ? "void" : "boolean"));
        }
        Optional<String> must = unreachable(method);
        if (must.isPresent() || !method.getThrownTypes().isEmpty()) {
            return Optional.of("'" + name + "' " + must.orElse("must not declare exceptions"));
        }
        return parametersProblem(method, phase, returned == TypeKind.VOID);
    }

    private Optional<String> parametersProblem(ExecutableElement method, PhaseModel phase, boolean acts) {
        Set<String> given = new HashSet<>();
        for (VariableElement parameter : method.getParameters()) {
            String gets = gets(parameter, phase, acts);
            if (gets.isEmpty() && !isBroken(parameter.asType())) {
                return Optional.of("'" + method.getSimpleName() + "' gets nothing for its parameter '"
                        + parameter.getSimpleName() + "'; it may take "
                        + phase.question()
                                .map(Element::getSimpleName)
                                .map(Object::toString)
                                .orElse("what is asked")
                        + ", SortedMap<NodeId, " + phase.answer().orElseThrow() + ">" + (acts ? " and Node" : ""));
            } else if (!given.add(gets)) {
                return Optional.of("'" + method.getSimpleName() + "' gets the same thing twice");
            }
        }
        return Optional.empty();
    }

    /** What the parameter gets, by a word for it; empty: nothing. */
    private String gets(VariableElement parameter, PhaseModel phase, boolean acts) {
        TypeMirror type = parameter.asType();
        if (Annotations.has(parameter, "ChoicePoint")) {
            return "";
        }
        if (ProtocolReader.isNode(type)) {
            return acts ? "node" : "";
        }
        if (ProtocolReader.isType(type, "java.util.SortedMap")) {
            List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
            boolean fits = arguments.size() == 2
                    && ProtocolReader.isNodeId(arguments.get(0))
                    && types.isSameType(arguments.get(1), phase.answer().orElseThrow());
            return fits ? "answers" : "";
        }
        boolean asked = phase.question()
                .filter(each -> types.isSameType(each.asType(), type))
                .isPresent();
        return asked ? "asked" : "";
    }

    private Optional<String> deadlineProblem(PhaseModel phase) {
        if (!phase.hasDeadline()) {
            return Optional.empty();
        }
        return durationProblem(phase.deadline())
                .or(() -> written(phase.deadline())
                        .filter(Duration::isZero)
                        .map(zero -> "the deadline of '" + phase.handler().name() + "' must be above 0"));
    }
}
