package dev.foresail.choice.processor.check;

import dev.foresail.choice.processor.encoding.Encodings;
import dev.foresail.choice.processor.encoding.TypeNames;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/** Runs all rules over the protocols of a compile. */
public final class Checks {
    private final ProcessingEnvironment environment;
    private final Diagnostics diagnostics;
    private final Map<String, ProtocolModel> byName = new HashMap<>();

    public Checks(ProcessingEnvironment environment, Diagnostics diagnostics) {
        this.environment = environment;
        this.diagnostics = diagnostics;
    }

    /**
     * Reports all mistakes of {@code protocol}.
     *
     * @param roots the classes that are compiled from source
     * @return whether there is none
     */
    public boolean pass(ProtocolModel protocol, Set<? extends Element> roots) {
        int before = diagnostics.count();
        TypeNames names =
                new TypeNames(environment.getElementUtils(), environment.getTypeUtils(), protocol.packageName());
        Encodings encodings = new Encodings(environment.getElementUtils(), environment.getTypeUtils(), names);
        Check.Context context = new Check.Context(
                protocol, diagnostics, environment.getTypeUtils(), environment.getElementUtils(), encodings, roots);
        checkName(protocol);
        List<Check> checks = List.of(
                new ProtocolCheck(context),
                new InheritanceCheck(context),
                new ConstructorCheck(context),
                new FieldCheck(context),
                new StableCheck(context),
                new MessageCheck(context),
                new HandlerCheck(context),
                new ServiceCheck(context),
                new LayerCallCheck(context),
                new GuardCheck(context),
                new ChangeCheck(context),
                new DetectorCheck(context),
                new PhaseCheck(context),
                new ControlStateCheck(context),
                new OverlapCheck(context),
                new ChoicePointCheck(context),
                new AggregateCheck(context),
                new GenericCheck(context),
                new TransportCheck(context),
                new PropertyCheck(context),
                new ContributionCheck(context));
        checks.forEach(Check::run);
        MethodBodies.of(environment).ifPresent(bodies -> bodies.check(protocol, diagnostics));
        return diagnostics.count() == before;
    }

    /** The safety properties of several nodes that read nothing of states but stable fields and configuration, for certain. */
    public Set<ExecutableElement> propertiesOfStableFields(ProtocolModel protocol) {
        return StableReads.properties(protocol, environment);
    }

    private void checkName(ProtocolModel protocol) {
        ProtocolModel other = byName.putIfAbsent(protocol.name(), protocol);
        if (other != null) {
            diagnostics.error(
                    "FS012",
                    protocol.type(),
                    "the protocol '" + protocol.name() + "' is declared by "
                            + other.type().getQualifiedName() + " too; give each its own name");
        }
    }
}
