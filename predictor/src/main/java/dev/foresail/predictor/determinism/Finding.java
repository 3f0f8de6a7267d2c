package dev.foresail.predictor.determinism;

import java.util.List;

/**
 * One place in a protocol's code that makes it depend on more than it is given. Immutable.
 *
 * @param called what is called, read or written there, such as {@code java.lang.System.nanoTime()}
 * @param advice how to mend it
 * @param className the class it is in, in full
 * @param method the method it is in; {@code <init>} is a constructor, {@code <clinit>} what initialises static fields
 * @param sourceFile the name of the source file, empty when the class file does not say
 * @param line the line in it, 0 when the class file does not say
 * @param chain the calls that lead there, from a method of the protocol to the method it is in, each as {@code
 *     Class.method (File.java:line)} with the line of the call in it
 */
public record Finding(
        Category category,
        String called,
        String advice,
        String className,
        String method,
        String sourceFile,
        int line,
        List<String> chain) {
    public Finding {
        chain = List.copyOf(chain);
    }

    /** The finding on one line, with its code; without the chain. */
    public String message() {
        String place = sourceFile.isEmpty() ? className : sourceFile + (line > 0 ? ":" + line : "");
        return "[" + category.code() + "] " + place + ": " + className + "." + method + " " + category.title() + ": "
                + called + "; " + advice;
    }
}
