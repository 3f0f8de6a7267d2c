package dev.foresail.predictor.guardrail;

import dev.foresail.choice.Node;
import dev.foresail.choice.UnknownNodeException;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.Machine;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a protocol's code within a limit of steps. Loops count only in classes that {@link GuardedClassLoader} has defined;
 * endless recursion is stopped in any. Must not be nested. Thread-safe.
 */
public final class GuardedRun {
    private GuardedRun() {}

    /**
     * Runs the handler of {@code alternative}; what it throws is passed on.
     *
     * @param limit how many steps it may make, at least 1
     * @throws HandlerNeverReturnsError FS268, which names the handler
     */
    public static <S> void run(
            Machine<S> machine, S state, Event event, Alternative alternative, Node node, long limit) {
        call(() -> nameOf(machine, alternative), limit, () -> {
            machine.run(state, event, alternative, node);
            return Optional.empty();
        });
    }

    /**
     * Calls {@code code}; what it throws is passed on.
     *
     * @param what names what is run, for the error; asked only when there is one
     * @param limit how many steps it may make, at least 1
     * @throws HandlerNeverReturnsError FS268, which names it
     */
    public static <T> T call(Supplier<String> what, long limit, Supplier<T> code) {
        try {
            return counted(limit, code);
        } catch (HandlerNeverReturnsError stopped) {
            throw stopped.in(what.get());
        }
    }

    /**
     * As {@link #call}, for an engine that tells of whatever goes wrong: every error but a failure of the virtual machine
     * itself is an exception.
     *
     * @throws HandlerFailedException instead of an error
     */
    public static <T> T step(Supplier<String> what, long limit, Supplier<T> code) {
        try {
            return call(what, limit, code);
        } catch (VirtualMachineError failure) {
            throw failure;
        } catch (Error thrown) {
            throw new HandlerFailedException(thrown);
        }
    }

    /**
     * Asks {@code question}, which is no step of the protocol but is asked of a world, within {@value
     * LoopGuard#DEFAULT_LIMIT} steps.
     *
     * @param what names the question, for the error; asked only when there is one
     * @param askedOf the world in words, for the error too; may fail
     * @throws UnknownNodeException when the answer depends on nodes that are not known
     * @throws QuestionFailedException FS269 when it throws anything else or does not return
     */
    public static <T> T ask(Supplier<String> what, Supplier<String> askedOf, Supplier<T> question) {
        try {
            return step(what, LoopGuard.DEFAULT_LIMIT, question);
        } catch (UnknownNodeException unknown) {
            throw unknown;
        } catch (RuntimeException thrown) {
            throw QuestionFailedException.of(what.get(), thrown, QuestionFailedException.wordsOrNothing(askedOf));
        }
    }

    /** How messages name the handler of {@code alternative}. */
    public static String nameOf(Machine<?> machine, Alternative alternative) {
        return "the handler " + machine.protocol() + "."
                + machine.handlers().get(alternative.handler()).name();
    }

    /** How messages name the question of what handles {@code event}. */
    public static String nameOf(Machine<?> machine, Event event) {
        return "which handlers of " + machine.protocol() + " apply to " + event;
    }

    private static <T> T counted(long limit, Supplier<T> code) {
        LoopGuard.begin(limit);
        T result;
        try {
            result = code.get();
        } catch (StackOverflowError tooDeep) {
            LoopGuard.end();
            throw recursion(tooDeep);
        } catch (RuntimeException | Error thrown) {
            // Throws in its stead when the limit was passed: what was thrown is then but a consequence.
            LoopGuard.end();
            throw thrown;
        }
        LoopGuard.end();
        return result;
    }

    private static HandlerNeverReturnsError recursion(StackOverflowError tooDeep) {
        HandlerNeverReturnsError error = HandlerNeverReturnsError.of(
                "its calls are nested too deeply",
                Arrays.stream(tooDeep.getStackTrace())
                        .filter(frame -> !OwnCode.isPlatform(frame.getClassName()))
                        .filter(frame -> !frame.getClassName().equals(LoopGuard.class.getName()))
                        .findFirst());
        error.setStackTrace(tooDeep.getStackTrace());
        return error;
    }
}
