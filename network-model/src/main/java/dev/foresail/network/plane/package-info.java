/**
 * The information plane: what a process knows of the network, for all its protocols. Start at
 * {@link dev.foresail.network.plane.InformationPlane}, a {@link dev.foresail.network.model.NetworkModel}: measured figures come
 * before those that others report ({@link dev.foresail.network.plane.Reports}), those before estimates
 * ({@link dev.foresail.network.plane.PairEstimates}, {@link dev.foresail.network.plane.BandwidthModel}), those before defaults that
 * say that they are assumed.
 */
package dev.foresail.network.plane;
