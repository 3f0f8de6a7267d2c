/** Seeds that are handed out, and what comes back. */
package dev.foresail.steering.cluster.campaign;
