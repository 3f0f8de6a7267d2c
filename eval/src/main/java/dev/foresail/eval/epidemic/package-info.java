/**
 * Epidemic dissemination in three forms that share all but the choice of a partner: {@link dev.foresail.eval.epidemic.BarGossip} and
 * {@link dev.foresail.eval.epidemic.FlightPath} with the published policies hard-coded,
 * {@link dev.foresail.eval.epidemic.Epidemic} with the choice exposed; and the experiment that compares them,
 * {@link dev.foresail.eval.epidemic.EpidemicSpeed}.
 *
 * <p>Of both papers only the openings could be read here: that BAR Gossip restricts a node to one drawn partner in a round, and that
 * FlightPath relaxes this, is from them and from HotOS'09; how FlightPath narrows the choice down is as we remember it.
 */
package dev.foresail.eval.epidemic;
