/**
 * Networks as matrices of links, for simulation and emulation. Read {@link dev.foresail.network.topology.Topology} first,
 * then the ways to get one: {@link dev.foresail.network.topology.UniformTopology} (all links alike),
 * {@link dev.foresail.network.topology.SyntheticWideArea} (generated after real wide-area networks),
 * {@link dev.foresail.network.topology.NetworkLike} (after a measured one), {@link dev.foresail.network.topology.TransitStub} (routers in domains),
 * {@link dev.foresail.network.topology.MatrixReader} (measured, out of a file), and
 * {@link dev.foresail.network.topology.SampledTopology} (some nodes of another). Any of them changes with time as
 * {@link dev.foresail.network.topology.VaryingTopology}, and has steadier or less steady links
 * as {@link dev.foresail.network.topology.LinkClass} says. What a message meets on a link is drawn by
 * {@link dev.foresail.network.topology.LinkSampler}; {@link dev.foresail.network.topology.TopologyStatistics} describes.
 */
package dev.foresail.network.topology;
