package dev.foresail.steering.config;

import dev.foresail.choice.ProtocolException;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.stack.Machines;
import dev.foresail.predictor.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/** The protocols on a class path, found by short name or fully qualified class. Immutable, thread-safe. */
public final class Protocols {
    private final Machines machines;

    public Protocols(List<? extends Machine<?>> machines) {
        this.machines = new Machines(machines);
    }

    /**
     * The machines that the class loader's {@code META-INF/services} name.
     *
     * @throws ConfigurationException FS223 when one of them cannot be loaded
     */
    public static Protocols of(ClassLoader loader) {
        try {
            return new Protocols(Machines.of(loader).all());
        } catch (ServiceConfigurationError broken) {
            throw new ConfigurationException(
                    "FS223", "a protocol on the class path cannot be loaded: " + broken.getMessage());
        }
    }

    /** The short names, sorted. */
    public List<String> names() {
        return machines.all().stream()
                .map(Machine::protocol)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The protocol of that short name or class, or a stack of several: the layers' names with {@code /} between them, the top one first.
     *
     * @throws ConfigurationException FS208 when there is none or more than one, or layers do not fit
     */
    public Machine<?> find(String name) {
        Optional<String> mistake = mistake(name);
        if (mistake.isPresent()) {
            throw new ConfigurationException("FS208", mistake.get());
        }
        return matches(name).get(0);
    }

    /**
     * The protocol of a short name and, where it is given, a class: as several may have the same short name.
     *
     * @throws ConfigurationException FS208 when there is none or more than one
     */
    public Machine<?> find(String name, Optional<String> type) {
        if (type.isEmpty() || machines.named(name).isEmpty()) {
            return find(name);
        }
        return matches(name).stream()
                .filter(machine -> machine.stateType().getName().equals(type.get()))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "FS208",
                        "no protocol named '" + name + "' is of the class " + type.get() + ", but there is "
                                + types(matches(name))
                                + "; give its jar with --classpath, or write its new name into the trace's 'class'"));
    }

    private static List<String> types(List<Machine<?>> machines) {
        return machines.stream().map(machine -> machine.stateType().getName()).toList();
    }

    /** What is wrong with the name; empty when it names exactly one protocol, or a stack of such whose layers fit. */
    Optional<String> mistake(String name) {
        List<String> layers = machines.named(name).isEmpty() ? Machines.layers(name) : List.of(name);
        Optional<String> unknown = layers.stream()
                .flatMap(layer -> mistake(layer, machines.named(layer)).stream())
                .findFirst();
        if (unknown.isPresent()) {
            return unknown;
        }
        try {
            matches(name);
            return Optional.empty();
        } catch (ProtocolException unfit) {
            return Optional.of("'" + name + "' cannot run: " + unfit.getMessage());
        }
    }

    private Optional<String> mistake(String name, List<Machine<?>> matches) {
        if (matches.isEmpty()) {
            return Optional.of("no protocol is named '" + name + "'" + Nearest.hint(name, names())
                    + "; is its jar on --classpath, built with the annotation processor?");
        } else if (matches.size() > 1) {
            return Optional.of("several protocols are named '" + name + "'; give the class: " + types(matches));
        }
        return Optional.empty();
    }

    private List<Machine<?>> matches(String name) {
        return machines.matches(name);
    }
}
