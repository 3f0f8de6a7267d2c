/**
 * What a node measures of its peers. Start at
 * {@link dev.foresail.network.measure.PeerMeasurements}: the transport hands it round trips and losses, readers ask it for a
 * {@link dev.foresail.network.measure.Figure}. {@link dev.foresail.network.measure.RoundTripEstimator} is the arithmetic of
 * one peer. {@link dev.foresail.network.measure.PhiAccrual} judges from heartbeats whether a peer is alive. Time is always
 * handed in.
 */
package dev.foresail.network.measure;
