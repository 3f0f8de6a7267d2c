package dev.foresail.steering.cli;

import dev.foresail.choice.stack.StackMachine;
import dev.foresail.predictor.guardrail.GuardedClassLoader;
import dev.foresail.steering.config.ConfigurationException;

/**
 * Loads what was found on the class path once more, so that every loop of its code counts its rounds and the explorer can
 * stop one that does not end. Only what is used is loaded so, as the counters have to be put in first.
 */
final class GuardedCode {
    private final ClassLoader guarded;

    /** What is loaded from now on by name is guarded too. */
    GuardedCode(ClassLoader found) {
        this.guarded = new GuardedClassLoader(found, ClassPathOptions.OWN_CODE);
        Thread.currentThread().setContextClassLoader(guarded);
    }

    /**
     * The same service, guarded; the same object when it is Foresail's own.
     *
     * @throws ConfigurationException FS223 when it cannot be loaded
     */
    @SuppressWarnings(
            "unchecked") // as a service has only the interfaces of Foresail's own, of which there is one class each
    <T> T again(T service) {
        if (service instanceof StackMachine stack) {
            return (T) StackMachine.of(stack.layers().stream().map(this::again).toList());
        }
        String name = service.getClass().getName();
        if (!ClassPathOptions.OWN_CODE.contains(name)) {
            return service;
        }
        try {
            return (T) guarded.loadClass(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw new ConfigurationException("FS223", name + " on the class path cannot be loaded: " + broken);
        }
    }
}
