/**
 * The stripes of SplitStream (Castro, Druschel, Kermarrec, Nandi, Rowstron, Singh: SplitStream: high-bandwidth multicast in cooperative environments, SOSP 2003) over any
 * {@link dev.foresail.eval.scribe.GroupMulticast}: {@link dev.foresail.eval.splitstream.SplitStream}, simulated with {@link dev.foresail.eval.splitstream.SplitStreamScenario}; what is measured of its trees is in {@link dev.foresail.eval.splitstream.StreamTrees}.
 */
package dev.foresail.eval.splitstream;
