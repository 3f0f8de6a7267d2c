/** Members of several JVMs: links, invitations, losses. */
package dev.foresail.steering.cluster;
