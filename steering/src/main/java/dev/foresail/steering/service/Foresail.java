package dev.foresail.steering.service;

import dev.foresail.predictor.service.Choices;
import dev.foresail.predictor.service.ServiceSettings;
import dev.foresail.steering.config.ServiceChoicesReader;
import dev.foresail.steering.live.RealClock;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Choices for ordinary Java services.
 *
 * <pre>{@code
 * Choices choices = Foresail.choices(Path.of("choices.yaml"));
 * try (Chosen<URI> replica = choices.choose("replica", replicas)) {
 *     answer = ask(replica.value());
 *     replica.succeeded();
 * }
 * }</pre>
 *
 * <p>Thread-safe. What is learnt belongs to the {@link Choices} and ends with them: keep one for all who ask the same servers.
 */
public final class Foresail {
    /** The system property that names the file of {@link #choices()}. */
    public static final String CHOICES_PROPERTY = "foresail.choices";

    private Foresail() {}

    private static final Object LOCK = new Object();

    private static @Nullable Choices ofProcess;

    /**
     * The choices that the whole process shares: made as the file says that the system property {@value #CHOICES_PROPERTY} names when
     * they are first asked for, and without it by the defaults.
     *
     * @throws dev.foresail.steering.config.ConfigurationException when anything is wrong with that file
     */
    public static Choices choices() {
        synchronized (LOCK) {
            if (ofProcess == null) {
                String file = System.getProperty(CHOICES_PROPERTY);
                ofProcess = file == null ? inRealTime(Map.of()) : choices(Path.of(file));
            }
            return ofProcess;
        }
    }

    /**
     * Choices of their own, made as a file says (docs/choices.md).
     *
     * @throws dev.foresail.steering.config.ConfigurationException when anything is wrong with the file
     */
    public static Choices choices(Path file) {
        return inRealTime(ServiceChoicesReader.read(file));
    }

    /** The draws, which break ties and choose whom to look at, begin with the time: clients that start together shall not draw alike. */
    private static Choices inRealTime(Map<String, ServiceSettings> settings) {
        return new Choices(
                settings,
                RealClock::nanos,
                RealClock.epochMillis() + ProcessHandle.current().pid());
    }
}
