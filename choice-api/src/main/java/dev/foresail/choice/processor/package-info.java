/**
 * The annotation processor that checks protocols and generates their machines. Reading order:
 * {@link dev.foresail.choice.processor.ForesailProcessor}, then the packages {@code model} (what was read of a class),
 * {@code check} (the rules), {@code encoding} (types) and {@code generate} (the machine's text). JDK only.
 */
package dev.foresail.choice.processor;
