package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.json.JsonLines;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Paths as traces of OpenTelemetry, in its format for files: a {@code TracesData} object in JSON on each line, here one for each path. A path is a trace, an event a span from the sending of
 * its message, or the setting of its timer, until it was handled; the first event's span is as long as the path. Stateless.
 *
 * <p>Source: OpenTelemetry Protocol File Exporter and OTLP/JSON, opentelemetry-proto 1.x; identifiers of 16 and 8 bytes as W3C Trace Context has them.
 */
public final class OpenTelemetryFile {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** Numbers of {@code SpanKind} and of {@code StatusCode}. */
    private static final int INTERNAL = 1;

    private static final int CONSUMER = 5;
    private static final int ERROR = 2;

    private OpenTelemetryFile() {}

    /**
     * Writes a file as a whole, in the place of what may be there.
     *
     * @throws PathFileException FS524 when that is not possible
     */
    public static void write(Path file, RecordedPaths paths) {
        try {
            JsonLines.writeFile(file, out -> write(out, paths));
        } catch (IOException failed) {
            throw new PathFileException("FS524", "traces cannot be written to " + file + ": " + failed);
        }
    }

    static void write(Writer out, RecordedPaths paths) throws IOException {
        Map<HopId, List<String>> wrong = new TreeMap<>();
        paths.anomalies()
                .forEach(anomaly -> wrong.computeIfAbsent(anomaly.path().id(), path -> new ArrayList<>())
                        .add(anomaly.expected() + ": " + anomaly.found()));
        for (CausalPath path : paths.paths()) {
            out.write(JsonLines.write(trace(paths, path, wrong.getOrDefault(path.id(), List.of()))) + "\n");
        }
    }

    private static Map<String, Object> trace(RecordedPaths paths, CausalPath path, List<String> wrong) {
        SortedMap<NodeId, List<Object>> spans = new TreeMap<>();
        for (PathHop hop : path.hops()) {
            spans.computeIfAbsent(hop.node(), node -> new ArrayList<>()).add(span(paths, path, hop, wrong));
        }
        List<Object> resources = new ArrayList<>();
        spans.forEach((node, own) -> resources.add(ordered(
                "resource",
                Map.of(
                        "attributes",
                        List.of(
                                attribute("service.name", paths.protocol()),
                                attribute("service.instance.id", node.toString()))),
                "scopeSpans",
                List.of(ordered("scope", Map.of("name", "dev.foresail"), "spans", own)))));
        return Map.of("resourceSpans", resources);
    }

    private static Map<String, Object> span(RecordedPaths paths, CausalPath path, PathHop hop, List<String> wrong) {
        boolean isFirst = hop.id().equals(hop.path());
        long endNanos = isFirst ? path.beginNanos() + path.durationNanos() : hop.handledNanos();
        long startNanos =
                Math.min(endNanos, hop.cause().map(PathHop.Cause::sentNanos).orElse(hop.handledNanos()));
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", traceId(paths, hop.path()));
        span.put("spanId", spanId(paths, hop.path(), hop.id()));
        hop.cause().ifPresent(cause -> span.put("parentSpanId", spanId(paths, hop.path(), cause.hop())));
        span.put("name", isFirst ? path.name() : hop.event());
        span.put("kind", hop.from().isPresent() ? CONSUMER : INTERNAL);
        span.put("startTimeUnixNano", Long.toString(startNanos));
        span.put("endTimeUnixNano", Long.toString(endNanos));
        List<Object> attributes = new ArrayList<>(List.of(
                attribute("foresail.hop", hop.id().toString()),
                attribute("foresail.event", hop.event()),
                attribute("foresail.outcome", hop.outcome().label())));
        hop.from().ifPresent(from -> attributes.add(attribute("foresail.from", from.toString())));
        span.put("attributes", attributes);
        span.put("events", List.of(ordered("timeUnixNano", Long.toString(hop.receivedNanos()), "name", "received")));
        boolean isWrong = hop.outcome() == PathHop.Outcome.FAILED || isFirst && !wrong.isEmpty();
        if (isWrong) {
            String why = isFirst && !wrong.isEmpty() ? String.join("; ", wrong) : "the handler threw";
            span.put("status", ordered("message", why, "code", ERROR));
        }
        return span;
    }

    private static Map<String, Object> attribute(String key, String value) {
        return ordered("key", key, "value", Map.of("stringValue", value));
    }

    private static Map<String, Object> ordered(String one, Object value, String other, Object otherValue) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(one, value);
        object.put(other, otherValue);
        return object;
    }

    /** The same for the same run, and others for another. */
    private static String traceId(RecordedPaths paths, HopId path) {
        return hash(named(paths, path), TRACE_BYTES);
    }

    private static String spanId(RecordedPaths paths, HopId path, HopId hop) {
        return hash(named(paths, path) + "\n" + hop, SPAN_BYTES);
    }

    private static String named(RecordedPaths paths, HopId path) {
        RecordedPaths.Run run = paths.run();
        return paths.protocol() + "\n" + run.seed() + "\n" + run.digest() + "\n" + path;
    }

    /** None is all zeros, which would be no identifier: that of SHA-256 is as likely as nothing. */
    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
