package dev.foresail.predictor.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where failing seeds are saved. */
final class TraceDirectory {
    private static final String KEY = "foresail.traces";
    private static final String USUALLY = "target/foresail-traces";

    private TraceDirectory() {}

    static Path of(ExtensionContext context) {
        return Path.of(context.getConfigurationParameter(KEY).orElse(USUALLY));
    }
}
