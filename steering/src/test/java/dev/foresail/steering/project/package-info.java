/** Starter projects are written, compiled and run. */
package dev.foresail.steering.project;
