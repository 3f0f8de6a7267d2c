/**
 * What a protocol's author compiles against: the annotations, the {@link dev.foresail.choice.Node} handle, and what
 * properties, metrics and aggregates see.
 *
 * <p>Reading order: {@link dev.foresail.choice.Protocol}, {@link dev.foresail.choice.OnMessage},
 * {@link dev.foresail.choice.ChoicePoint}, {@link dev.foresail.choice.Node}, {@link dev.foresail.choice.Aggregate},
 * {@link dev.foresail.choice.Metric}. What the processor generates implements
 * {@link dev.foresail.choice.machine.Machine}. No dependency but the JDK.
 */
package dev.foresail.choice;
