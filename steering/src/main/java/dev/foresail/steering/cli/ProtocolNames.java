package dev.foresail.steering.cli;

import dev.foresail.steering.config.Protocols;
import java.util.Iterator;

/** The bundled protocols, for help and completion. */
final class ProtocolNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Protocols.of(Thread.currentThread().getContextClassLoader())
                .names()
                .iterator();
    }
}
