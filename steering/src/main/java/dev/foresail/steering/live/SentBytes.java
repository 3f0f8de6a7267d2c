package dev.foresail.steering.live;

import dev.foresail.predictor.node.Envelope;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The bytes of the frames that a node has sent, by kind of envelope. One writer, any readers. */
final class SentBytes {
    /** Apart from the rest, as there are by far the most of them. */
    private final OneWriterCount payloads = new OneWriterCount();

    private final Map<Class<?>, OneWriterCount> others = new ConcurrentHashMap<>();

    void add(Envelope envelope, int bytes) {
        if (envelope instanceof Envelope.Payload) {
            payloads.add(bytes);
        } else {
            others.computeIfAbsent(envelope.getClass(), added -> new OneWriterCount())
                    .add(bytes);
        }
    }

    /** The sum of several kinds. */
    @SafeVarargs
    final long of(Class<? extends Envelope>... kinds) {
        long bytes = 0;
        for (Class<?> kind : kinds) {
            bytes += kind == Envelope.Payload.class
                    ? payloads.get()
                    : Optional.ofNullable(others.get(kind))
                            .map(OneWriterCount::get)
                            .orElse(0L);
        }
        return bytes;
    }

    /** By the simple name of the envelope's class; those that were sent. */
    SortedMap<String, Long> byKind() {
        SortedMap<String, Long> bytes = new TreeMap<>();
        others.forEach((kind, count) -> bytes.put(kind.getSimpleName(), count.get()));
        if (payloads.get() > 0) {
            bytes.put(Envelope.Payload.class.getSimpleName(), payloads.get());
        }
        return Collections.unmodifiableSortedMap(bytes);
    }
}
