package dev.foresail.steering.provider;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.Figure;
import dev.foresail.network.provider.LinkProvider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A provider of a user's own, which may throw: then it knows nothing, and the first time that is said (FS469). Thread-safe as the provider is. */
public final class GuardedProvider implements LinkProvider<NodeId> {
    private final String name;
    private final LinkProvider<NodeId> provider;
    private final List<String> figures;
    private final Consumer<String> notices;
    private final AtomicBoolean isSaid = new AtomicBoolean();

    /**
     * A guarded provider.
     *
     * @param name of the provider, for the notice
     * @param figures what it is asked for
     * @param notices is told, on the thread that asks
     */
    public GuardedProvider(String name, LinkProvider<NodeId> provider, List<String> figures, Consumer<String> notices) {
        this.name = name;
        this.provider = provider;
        this.figures = List.copyOf(figures);
        this.notices = notices;
    }

    @Override
    public List<String> figures() {
        return figures;
    }

    @Override
    public Figure figure(String figure, NodeId from, NodeId to, long nowNanos) {
        try {
            return Objects.requireNonNull(provider.figure(figure, from, to, nowNanos), "no figure");
        } catch (RuntimeException | LinkageError failed) {
            if (isSaid.compareAndSet(false, true)) {
                notices.accept("[FS469] the provider " + name + " failed on '" + figure
                        + "', and counts as not knowing when it does; said once: " + failed);
            }
            return Figure.assumed(0);
        }
    }
}
