package dev.foresail.predictor.guardrail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a step of a protocol threw, in words. Pure functions. */
public final class ThrownText {
    private static final List<String> ENGINE = List.of("dev.foresail.choice.", "dev.foresail.predictor.");

    private ThrownText() {}

    /** What was thrown, and the line of the protocol at which it was, if that is known. */
    public static String of(RuntimeException thrown) {
        String words =
                thrown instanceof HandlerFailedException ? String.valueOf(thrown.getMessage()) : thrown.toString();
        boolean saysWhere = thrown.getCause() instanceof HandlerNeverReturnsError;
        return words
                + (saysWhere ? "" : place(thrown).map(line -> " at " + line).orElse(""));
    }

    private static Optional<StackTraceElement> place(RuntimeException thrown) {
        // What called the engine depends on the worker.
        List<StackTraceElement> stack = Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(GuardedRun.class.getName()))
                .toList();
        return stack.stream()
                .filter(frame -> isOwn(frame.getClassName()))
                .findFirst()
                .or(() -> stack.stream().findFirst());
    }

    private static boolean isOwn(String className) {
        return !OwnCode.isPlatform(className) && ENGINE.stream().noneMatch(className::startsWith);
    }
}
