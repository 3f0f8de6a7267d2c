package dev.foresail.steering.control;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.foresight.BadPath;
import dev.foresail.predictor.trace.TraceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;

/** What reads the advice of peers, for fuzzing. */
public final class AdviceDecoding {
    private static final NodeId PEER = NodeId.of(2);

    private AdviceDecoding() {}

    /** A path that can be read. */
    public static String example() throws IOException {
        StringWriter text = new StringWriter();
        TraceFile.write(AdvicesTest.path("turn"), text);
        return text.toString();
    }

    /** Nothing is thrown, whatever it says, and nothing is believed. */
    public static void decode(String path) {
        Advices advices = new Advices(intervention -> {});
        advices.take(PEER, path, Experience.none(), 0, TimeUnit.SECONDS.toNanos(30));
        if (advices.hints(0).stream().anyMatch(BadPath::isConfirmed)) {
            throw new AssertionError("a hint is not confirmed");
        }
    }
}
