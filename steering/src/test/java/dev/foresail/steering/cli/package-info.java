/** The command line, run inside this process. */
package dev.foresail.steering.cli;
