/** One simulation partitioned over the members of a cluster: letters between windows, who plays, and what is done when a member is lost. */
@NullMarked
package dev.foresail.steering.cluster.partition;

import org.jspecify.annotations.NullMarked;
