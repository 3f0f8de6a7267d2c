/**
 * Execution steering: what keeps a node from events that violate a safety property (CrystalBall section 4). The
 * {@link dev.foresail.steering.control.Controller} looks ahead and puts event filters in place, the {@link
 * dev.foresail.steering.control.ImmediateSafetyCheck} tries handlers, and a {@link
 * dev.foresail.steering.control.SteeringSwitch} goes from one mode to another.
 */
package dev.foresail.steering.control;
