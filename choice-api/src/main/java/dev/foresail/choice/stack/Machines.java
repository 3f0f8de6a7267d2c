package dev.foresail.choice.stack;

import dev.foresail.choice.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The protocols on a class path: by short name, by class, and several as layers of a stack, whose name is {@code top/.../bottom}.
 * Immutable, thread-safe.
 */
public final class Machines {
    private final List<Machine<?>> all;

    /** @param all the machines that there are, in the order in which they are found */
    public Machines(List<? extends Machine<?>> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The machines that the class loader's {@code META-INF/services} name.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    public static Machines of(ClassLoader loader) {
        List<Machine<?>> machines = new ArrayList<>();
        for (Machine machine : ServiceLoader.load(Machine.class, loader)) {
            machines.add((Machine<?>) machine);
        }
        return new Machines(machines);
    }

    public List<Machine<?>> all() {
        return all;
    }

    /** The names of the layers that a stack's name names, the top one first; a protocol's name alone. */
    public static List<String> layers(String name) {
        return Arrays.asList(name.split(StackMachine.SEPARATOR, -1));
    }

    /** The machines of single protocols, or of the stacks that were given, of that short name or class. */
    public List<Machine<?>> named(String name) {
        return all.stream()
                .filter(machine -> machine.protocol().equals(name) || isOf(machine, name))
                .toList();
    }

    /** A stack's class is that of every stack. */
    private static boolean isOf(Machine<?> machine, String type) {
        return !(machine instanceof StackMachine)
                && machine.stateType().getName().equals(type);
    }

    /**
     * What a name means: the protocols of that short name or class, or the stack that the name spells out where each of its layers is
     * known.
     *
     * @return none when it is not known, several when it means several
     * @throws dev.foresail.choice.ProtocolException FS492 to FS499 when the layers do not fit, also of a protocol that needs layers below
     */
    public List<Machine<?>> matches(String name) {
        List<Machine<?>> named = named(name);
        if (named.size() > 1) {
            return named;
        } else if (!named.isEmpty()) {
            return List.of(composed(named));
        }
        List<Machine<?>> layers = new ArrayList<>();
        for (String layer : layers(name)) {
            List<Machine<?>> found = named(layer);
            if (found.size() != 1) {
                return List.of();
            }
            layers.addAll(found);
        }
        return List.of(composed(layers));
    }

    /**
     * The machine of a node with these layers: that of a single protocol itself when it uses no others.
     *
     * @param topFirst the top layer first
     * @throws dev.foresail.choice.ProtocolException FS492 to FS499 when the layers do not fit
     */
    public static Machine<?> composed(List<? extends Machine<?>> topFirst) {
        return topFirst.size() == 1 && topFirst.get(0).uses().isEmpty() ? topFirst.get(0) : StackMachine.of(topFirst);
    }

    /** The machines of the protocol with that class: none, or one. */
    @SuppressWarnings("unchecked") // a machine of that class
    public <S> List<Machine<S>> of(Class<S> protocol) {
        return all.stream()
                .filter(machine -> machine.stateType() == protocol)
                .map(machine -> (Machine<S>) machine)
                .limit(1)
                .toList();
    }
}
