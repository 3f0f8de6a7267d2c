/**
 * The command line: {@link dev.foresail.steering.cli.Foresail} finds the verbs, its own and those of other modules
 * ({@link dev.foresail.steering.cli.Verb}), runs one and turns the outcome into an exit code
 * (docs/command-line.md). {@link dev.foresail.steering.cli.CommonOptions} and
 * {@link dev.foresail.steering.cli.Output} are what every verb shares.
 */
package dev.foresail.steering.cli;
