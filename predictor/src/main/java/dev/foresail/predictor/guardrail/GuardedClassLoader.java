package dev.foresail.predictor.guardrail;

import java.io.IOException;
import java.io.InputStream;

/**
 * Defines the classes of protocols and scenarios anew, with a call of {@link LoopGuard#step} in every loop and method. They
 * are found through the parent, as are services and other resources, but are different classes from the parent's, with static
 * fields of their own: load machines and scenarios through this loader (for example with {@link java.util.ServiceLoader}),
 * and everything they name follows. Thread-safe.
 */
public final class GuardedClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final OwnCode guarded;

    /**
     * @param parent has everything: the engine, and the classes to be guarded
     * @param guarded which classes are defined here; all others are the parent's
     */
    public GuardedClassLoader(ClassLoader parent, OwnCode guarded) {
        super(parent);
        this.guarded = guarded;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!guarded.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> defined = findLoadedClass(name);
            if (defined == null) {
                defined = define(name);
            }
            if (resolve) {
                resolveClass(defined);
            }
            return defined;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes;
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            bytes = StepInserter.insert(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        } catch (IllegalArgumentException tooNew) {
            UnsupportedClassVersionError error =
                    new UnsupportedClassVersionError(name + " cannot be guarded: " + tooNew.getMessage());
            error.initCause(tooNew);
            throw error;
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
