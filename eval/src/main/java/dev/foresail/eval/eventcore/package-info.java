/**
 * The event queue of the simulator, measured against the bare structures that bound it: {@link
 * dev.foresail.eval.eventcore.EventCore}.
 */
package dev.foresail.eval.eventcore;
