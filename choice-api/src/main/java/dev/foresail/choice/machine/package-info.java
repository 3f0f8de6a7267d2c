/**
 * What lies under a protocol: the {@link dev.foresail.choice.machine.Machine} that the annotation processor generates
 * and the engines run, and the canonical encoding. Authors of protocols need nothing of it.
 */
package dev.foresail.choice.machine;
