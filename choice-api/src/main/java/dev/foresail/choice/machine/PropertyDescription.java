package dev.foresail.choice.machine;

import dev.foresail.choice.SystemView;
import java.time.Duration;
import java.util.Optional;

/** A safety or liveness property as the engines see it. Implementations are stateless. */
public interface PropertyDescription<S> {
    /** The two kinds of properties. */
    enum Kind {
        SAFETY,
        LIVENESS
    }

    String name();

    Kind kind();

    /** Of a liveness property: within what time it must hold; empty: eventually. */
    Optional<Duration> within();

    /** @throws dev.foresail.choice.UnknownNodeException when it depends on nodes that are not known */
    boolean holds(SystemView<S> view);
}
