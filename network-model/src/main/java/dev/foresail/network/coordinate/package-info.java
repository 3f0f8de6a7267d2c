/**
 * Round trips between nodes that never measured each other. {@link dev.foresail.network.coordinate.CoordinateEstimator} finds a
 * node's own {@link dev.foresail.network.coordinate.Coordinate} from what it has measured; with another node's coordinate it answers
 * the round trip between the two. {@link dev.foresail.network.coordinate.CoordinateCodec} puts one into a message's header. Where
 * many nodes' samples are at hand, {@code PairFit} fits several models and takes the one that cross-validation finds best.
 */
package dev.foresail.network.coordinate;
