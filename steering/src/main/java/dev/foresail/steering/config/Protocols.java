package dev.foresail.steering.config;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The protocols on a class path, found by short name or fully qualified class. Immutable, thread-safe. */
public final class Protocols {
    private final List<Machine<?>> machines;

    public Protocols(List<? extends Machine<?>> machines) {
        this.machines = List.copyOf(machines);
    }

    /**
     * The machines that the class loader's {@code META-INF/services} name.
     *
     * @throws ConfigurationException FS223 when one of them cannot be loaded
     */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    public static Protocols of(ClassLoader loader) {
        List<Machine<?>> machines = new ArrayList<>();
        try {
            for (Machine machine : ServiceLoader.load(Machine.class, loader)) {
                machines.add((Machine<?>) machine);
            }
        } catch (ServiceConfigurationError broken) {
            throw new ConfigurationException(
                    "FS223", "a protocol on the class path cannot be loaded: " + broken.getMessage());
        }
        return new Protocols(machines);
    }

    /** The short names, sorted. */
    public List<String> names() {
        return machines.stream().map(Machine::protocol).distinct().sorted().toList();
    }

    /** @throws ConfigurationException FS208 when there is none or more than one */
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
        if (type.isEmpty() || matches(name).isEmpty()) {
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

    /** What is wrong with the name; empty when it names exactly one protocol. */
    Optional<String> mistake(String name) {
        List<Machine<?>> matches = matches(name);
        if (matches.isEmpty()) {
            return Optional.of("no protocol is named '" + name + "'" + Nearest.hint(name, names())
                    + "; is its jar on --classpath, built with the annotation processor?");
        } else if (matches.size() > 1) {
            return Optional.of("several protocols are named '" + name + "'; give the class: " + types(matches));
        }
        return Optional.empty();
    }

    private List<Machine<?>> matches(String name) {
        return machines.stream()
                .filter(machine -> machine.protocol().equals(name)
                        || machine.stateType().getName().equals(name))
                .toList();
    }
}
