/**
 * Mutual TLS between nodes: {@link dev.foresail.steering.security.SecuritySettings} names the files,
 * {@link dev.foresail.steering.security.Credentials} are what a node has read of them, and a
 * {@link dev.foresail.steering.security.PeerCertificate} says which nodes the other side of a connection may be.
 */
package dev.foresail.steering.security;
