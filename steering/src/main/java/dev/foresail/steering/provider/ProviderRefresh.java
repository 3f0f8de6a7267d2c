package dev.foresail.steering.provider;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads providers again and again, on a thread of its own, as sources may be slow. What fails is said, and what was read before goes on to count
 * until it is too old. Thread-safe.
 */
public final class ProviderRefresh implements AutoCloseable {
    private final ConfiguredProviders providers;
    private final LongSupplier clock;
    private final Consumer<String> notices;
    private final ScheduledExecutorService thread;

    private ProviderRefresh(ConfiguredProviders providers, LongSupplier clock, Consumer<String> notices) {
        this.providers = providers;
        this.clock = clock;
        this.notices = notices;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread named = new Thread(task, "foresail-providers");
            named.setDaemon(true);
            return named;
        });
    }

    /**
     * Reads local sources at once, and begins to read the others.
     *
     * @param clock nanoseconds that ages count by
     * @param notices is told, on the thread that reads, what goes wrong (FS452)
     * @throws ProviderException when a local source cannot be read
     */
    public static ProviderRefresh start(ConfiguredProviders providers, LongSupplier clock, Consumer<String> notices)
            throws InterruptedException {
        for (int index = 0; index < providers.size(); index++) {
            if (!providers.isRemote(index)) {
                providers.read(index, clock.getAsLong());
            }
        }
        ProviderRefresh refresh = new ProviderRefresh(providers, clock, notices);
        for (int index = 0; index < providers.size(); index++) {
            int each = index;
            long everyNanos = providers.refresh(index).toNanos();
            Future<?> unused = refresh.thread.scheduleWithFixedDelay(
                    () -> refresh.read(each),
                    providers.isRemote(index) ? 0 : everyNanos,
                    everyNanos,
                    TimeUnit.NANOSECONDS);
        }
        return refresh;
    }

    private void read(int index) {
        try {
            providers.read(index, clock.getAsLong());
        } catch (ProviderException failed) {
            notices.accept("[FS452] a provider was not read again: " + failed.getMessage());
        } catch (RuntimeException unforeseen) {
            // It would end all later reading without a word.
            notices.accept("[FS452] a provider was not read again: " + unforeseen);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread, also in the middle of reading. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
