/** One run that members play together, and what is done when they are lost. */
package dev.foresail.steering.cluster.partition;
