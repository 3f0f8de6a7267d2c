package dev.foresail.steering.cli;

/**
 * A verb of the command line that a later module adds: an implementation is a picocli command class, found through
 * {@link java.util.ServiceLoader}, with a public constructor without parameters. {@link #call} returns the exit code
 * (docs/command-line.md).
 */
public interface Verb extends java.util.concurrent.Callable<Integer> {}
