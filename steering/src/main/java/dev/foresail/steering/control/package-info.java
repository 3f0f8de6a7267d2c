/**
 * Execution steering: what keeps a node from events that violate a safety property (CrystalBall section 4). So far the
 * immediate safety check, and the switch between its modes.
 */
package dev.foresail.steering.control;
