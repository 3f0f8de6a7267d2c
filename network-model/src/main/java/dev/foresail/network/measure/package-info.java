/**
 * What is measured of single links. {@link dev.foresail.network.measure.MeasuredLink} is one link: the transport hands it
 * round trips, losses and bytes, readers ask it for a {@link dev.foresail.network.measure.Figure} or an interval.
 * {@link dev.foresail.network.measure.RoundTripEstimator}, {@link dev.foresail.network.measure.DeliveryRateSampler} and
 * {@link dev.foresail.network.measure.LossEstimator} are its arithmetic;
 * {@link dev.foresail.network.measure.ChangeCalibration} is what links have in common in how figures age.
 * {@link dev.foresail.network.measure.ProbePlanner} says what to measure actively.
 * {@link dev.foresail.network.measure.PhiAccrual} judges from heartbeats whether a peer is alive. Time is always handed in.
 */
package dev.foresail.network.measure;
