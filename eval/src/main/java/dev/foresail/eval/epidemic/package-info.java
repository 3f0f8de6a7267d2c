/**
 * Epidemic dissemination in three forms that share all but the choice of a partner: {@link dev.foresail.eval.epidemic.BarGossip} and
 * {@link dev.foresail.eval.epidemic.FlightPath} with the published policies hard-coded,
 * {@link dev.foresail.eval.epidemic.Epidemic} with the choice exposed; and the experiment that compares them,
 * {@link dev.foresail.eval.epidemic.EpidemicSpeed}.
 */
package dev.foresail.eval.epidemic;
