/**
 * Whom a live node suspects of being dead or cut off: small datagrams at the port where the node listens, judged by
 * {@link dev.foresail.network.measure.PhiAccrual}, on a thread of their own, so that a node whose handlers take long is heard
 * all the same and hears the others.
 *
 * <p>Reading order: {@link dev.foresail.steering.detector.Heartbeat}, {@link dev.foresail.steering.detector.WatchedPeers},
 * {@link dev.foresail.steering.detector.FailureDetector}.
 */
package dev.foresail.steering.detector;
