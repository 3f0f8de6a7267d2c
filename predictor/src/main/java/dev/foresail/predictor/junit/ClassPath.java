package dev.foresail.predictor.junit;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Machines;
import dev.foresail.choice.stack.Stack;
import dev.foresail.predictor.campaign.Scenarios;
import dev.foresail.predictor.campaign.SimulationTrace;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.StartAll;
import dev.foresail.predictor.trace.TraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds what an annotation names, and reads its values; mistakes are {@link ExtensionConfigurationException}s. */
final class ClassPath {
    private final ClassLoader loader;

    ClassPath(ClassLoader loader) {
        this.loader = loader;
    }

    static ExtensionConfigurationException mistake(String text) {
        return new ExtensionConfigurationException("@SimulationTest: " + text);
    }

    /** The machine of a protocol and the layers below it, the highest first. */
    Machine<?> machine(Class<?> protocol, Class<?>... over) {
        Machines machines = Machines.of(loader);
        List<Machine<?>> layers = new ArrayList<>(List.of(machine("protocol", protocol, machines)));
        for (Class<?> layer : over) {
            layers.add(machine("over", layer, machines));
        }
        try {
            return Machines.composed(layers);
        } catch (ProtocolException unfit) {
            ExtensionConfigurationException mistake = mistake("over does not fit: " + unfit.getMessage());
            mistake.initCause(unfit);
            throw mistake;
        }
    }

    /** The machine that the annotation processor has made of a protocol. */
    private static Machine<?> machine(String element, Class<?> protocol, Machines machines) {
        return machines.of(protocol).stream()
                .findFirst()
                .orElseThrow(() -> mistake(element + " = " + protocol.getSimpleName()
                        + ".class is not on the class path as a protocol; has it @Protocol, "
                        + "and does choice-api process its module's annotations?"));
    }

    /**
     * The machine of a saved run.
     *
     * @throws TraceException FS254 when there is none, or its layers do not fit any more
     */
    Machine<?> machine(SimulationTrace.Origin origin) {
        Machines machines = Machines.of(loader);
        boolean stack = origin.stateType().equals(Stack.class.getName());
        List<Machine<?>> meant = stack ? layers(origin.protocol(), machines) : machines.named(origin.stateType());
        if (!meant.isEmpty()) {
            return meant.get(0);
        }
        throw new TraceException(
                "FS254",
                "the trace is of the protocol " + (stack ? origin.protocol() : origin.stateType())
                        + ", which is not on the class path");
    }

    private static List<Machine<?>> layers(String protocol, Machines machines) {
        try {
            return machines.matches(protocol);
        } catch (ProtocolException unfit) {
            throw new TraceException(
                    "FS254",
                    "the trace is of the protocol " + protocol + ", whose layers do not fit: " + unfit.getMessage(),
                    unfit);
        }
    }

    /**
     * The scenario of a saved run.
     *
     * @throws TraceException FS256 when there is none
     */
    Scenario scenario(SimulationTrace.Origin origin) {
        Optional<Object> made = ReflectionSupport.tryToLoadClass(origin.scenarioType(), loader)
                .toOptional()
                .filter(type -> Scenario.class.isAssignableFrom(type) && type != StartAll.class)
                .map(ReflectionSupport::newInstance);
        return made.isPresent() ? (Scenario) made.get() : Scenarios.of(loader).find(origin, List.of());
    }

    /** The scenario of that class; for {@code Scenario.class} itself the protocol's own, or all nodes start. */
    Scenario scenario(Class<? extends Scenario> type, Machine<?> machine) {
        if (type != Scenario.class) {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException unusable) {
                throw new ExtensionConfigurationException(
                        "@SimulationTest: scenario = " + type.getSimpleName()
                                + ".class needs a public constructor without parameters",
                        unusable);
            }
        }
        return Scenarios.of(loader).ofProtocol(machine.protocol(), List.of());
    }

    /**
     * Texts by their names.
     *
     * @param element of the annotation, for mistakes
     */
    static Map<String, String> texts(String element, String[] given) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String setting : given) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw mistake(element + " = \"" + setting + "\" is not of the form \"key=value\"");
            }
            texts.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return texts;
    }
}
