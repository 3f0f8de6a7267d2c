/**
 * Simulations as tests of JUnit 5 and 6: {@link dev.foresail.predictor.junit.SimulationTest} plays a protocol's scenario with many
 * seeds and asks its properties all the while. JUnit is an optional dependency: only this package needs it.
 */
package dev.foresail.predictor.junit;
