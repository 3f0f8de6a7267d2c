/**
 * What look-ahead believes of the links. {@link dev.foresail.network.model.NetworkModel} is what roll-outs ask;
 * {@link dev.foresail.network.model.TopologyNetworkModel} knows everything exactly (simulation's own tests),
 * {@link dev.foresail.network.plane.InformationPlane} knows what its process has measured, and estimates or states a default for the rest.
 */
package dev.foresail.network.model;
