/**
 * One run partitioned over several JVMs: the {@linkplain dev.foresail.steering.cluster.partition.PartitionedRun coordinator} is one of those who play, and begins
 * attempts with {@linkplain dev.foresail.steering.cluster.partition.PartitionService members}, who write letters to each other between windows, until one comes to its end
 * without a loss.
 */
@NullMarked
package dev.foresail.steering.cluster.partition;

import org.jspecify.annotations.NullMarked;
