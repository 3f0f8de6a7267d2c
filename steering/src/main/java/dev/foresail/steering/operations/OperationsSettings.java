package dev.foresail.steering.operations;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where operators' tools reach a node.
 *
 * @param listen the address for HTTP; port 0 takes a free one
 * @param token the file with the secret that is to be shown for status and switches
 */
public record OperationsSettings(InetSocketAddress listen, Path token) {}
