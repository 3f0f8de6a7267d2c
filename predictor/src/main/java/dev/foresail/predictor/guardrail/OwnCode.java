package dev.foresail.predictor.guardrail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells the code of protocols and scenarios, which is guarded and looked into, from the platform's, the engine's and that of
 * libraries. By name alone. Immutable.
 */
public final class OwnCode {
    private static final List<String> PLATFORM = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "netscape.javascript.",
            "org.ietf.jgss.",
            "org.w3c.dom.",
            "org.xml.sax.");
    private static final List<String> ENGINE = List.of(
            "dev.foresail.choice.", "dev.foresail.network.", "dev.foresail.predictor.", "dev.foresail.steering.");

    /** Of the engine's, what are protocols all the same. */
    private static final String TRANSPORTS = "dev.foresail.predictor.transport.";

    private final List<String> others;

    private OwnCode(List<String> others) {
        this.others = others;
    }

    /**
     * Everything but the platform, Foresail's engine without the transports that it brings along as protocols, and what begins like one of {@code libraries}.
     *
     * @param libraries the beginnings of full class names, such as {@code org.slf4j.}
     */
    public static OwnCode besides(Collection<String> libraries) {
        List<String> others = new ArrayList<>(ENGINE);
        others.addAll(libraries);
        return allBut(others);
    }

    /** Everything but the platform and what begins like one of {@code others}. */
    public static OwnCode allBut(Collection<String> others) {
        return new OwnCode(List.copyOf(others));
    }

    /** @param className in full, with dots */
    public boolean contains(String className) {
        return className.startsWith(TRANSPORTS)
                || !isPlatform(className) && others.stream().noneMatch(className::startsWith);
    }

    static boolean isPlatform(String className) {
        return PLATFORM.stream().anyMatch(className::startsWith);
    }
}
