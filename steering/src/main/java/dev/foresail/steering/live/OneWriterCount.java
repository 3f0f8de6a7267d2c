package dev.foresail.steering.live;

import java.util.concurrent.atomic.AtomicLong;

/** A count with one writer, such as an event loop, that any thread may read; adding is as cheap as to a field. */
final class OneWriterCount {
    private final AtomicLong value = new AtomicLong();

    void add(long more) {
        value.lazySet(value.getPlain() + more);
    }

    long get() {
        return value.get();
    }
}
