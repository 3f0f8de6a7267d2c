package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.model.ContributionModel;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** FS563: what each node contributes to the multisets of a property. */
final class ContributionCheck extends Check {
    private static final String MULTISET = "dev.foresail.choice.Multiset";

    ContributionCheck(Context context) {
        super(context);
    }

    @Override
    void run() {
        protocol.properties().stream()
                .filter(ContributionModel::isOfMultisets)
                .flatMap(property -> property.getParameters().stream())
                .filter(parameter -> !isBroken(parameter.asType()))
                .forEach(this::check);
    }

    private void check(VariableElement parameter) {
        Optional<ContributionModel> contribution = ContributionModel.of(parameter, protocol, types);
        if (contribution.isPresent()) {
            problem(contribution.get())
                    .ifPresent(
                            text -> error("FS563", parameter, contribution.get().annotation(), "value", text));
        } else if (ContributionModel.isMultiset(parameter)) {
            error(
                    "FS563",
                    parameter,
                    "'" + parameter.getSimpleName() + "' does not say what each node contributes: mark it"
                            + " @Each(\"name\") with a field or a static method");
        } else {
            error(
                    "FS563",
                    parameter,
                    "a property of what nodes contribute takes nothing but @Each(\"name\") Multiset<V>; '"
                            + parameter.getSimpleName() + "' is " + parameter.asType());
        }
    }

    private Optional<String> problem(ContributionModel contribution) {
        String name = contribution.name();
        int found = contribution.methods().size() + (contribution.field().isPresent() ? 1 : 0);
        if (found > 1) {
            return Optional.of("several fields and methods named '" + name + "' could be meant; rename one");
        }
        if (found == 0) {
            return Optional.of(nothingFound(name));
        }
        for (ExecutableElement method : contribution.methods()) {
            Optional<String> must = unreachable(method);
            if (must.isPresent() || !method.getThrownTypes().isEmpty()) {
                return Optional.of("'" + name + "' " + must.orElse("must not declare exceptions"));
            }
        }
        return isBroken(contribution.type()) ? Optional.empty() : typeProblem(contribution);
    }

    private String nothingFound(String name) {
        if (!protocol.methodsNamed(name).isEmpty()) {
            String own = protocol.type().getSimpleName().toString();
            return "'" + name + "' must be static and take (" + own + ") or (" + own
                    + ", NodeId): it sees the state it is given, nothing else";
        }
        return "no field and no static method of a state is named '" + name + "'"
                + Nearest.hint(name, ContributionModel.names(protocol, types));
    }

    private Optional<String> typeProblem(ContributionModel contribution) {
        TypeMirror value = contribution.value(types);
        try {
            Encoding encoding = encodings.ofValue(value);
            if (encoding.holdsCollections()) {
                throw new NotEncodableException("'" + value + "' holds a collection");
            }
        } catch (NotEncodableException refused) {
            return Optional.of("'" + contribution.name() + "' must contribute immutable values without collections: "
                    + refused.reason());
        }
        return isOf(contribution.parameter().asType(), MULTISET, value)
                ? Optional.empty()
                : Optional.of("what '" + contribution.name() + "' contributes is taken as Multiset<" + boxed(value)
                        + ">, not as " + contribution.parameter().asType());
    }
}
