package dev.foresail.steering.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** By which means of the operating system a node's connections are served. */
public enum TransportIo {
    /** {@link #EPOLL} where there is one, else {@link #NIO}. */
    AUTO,
    /** Linux's epoll, by Netty's native library: the kernel tells of each connection. */
    EPOLL,
    /** The JDK's own. */
    NIO;

    /** As configurations have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(TransportIo::label).toList();
    }

    public static Optional<TransportIo> labelled(String label) {
        return Arrays.stream(values()).filter(io -> io.label().equals(label)).findFirst();
    }
}
