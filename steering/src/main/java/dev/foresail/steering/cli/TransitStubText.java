package dev.foresail.steering.cli;

import dev.foresail.network.topology.TransitStub;
import dev.foresail.network.topology.TransitStub.LinkKind;
import dev.foresail.network.topology.TransitStub.Range;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.config.ConfigurationException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code transit-stub} or {@code transit-stub:KEY=VALUE,...}, with ranges such as {@code clientMbps=2-8}. */
final class TransitStubText {
    static final String NAME = "transit-stub";
    private static final String NUMBER = "\\d+(?:\\.\\d+)?";

    private final Map<String, Range> values = new LinkedHashMap<>();

    private TransitStubText() {
        TransitStub usual = TransitStub.DEFAULT;
        values.put("transitDomains", Range.of(usual.transitDomains()));
        values.put("transitRouters", Range.of(usual.transitRouters()));
        values.put("stubDomains", Range.of(usual.stubDomains()));
        values.put("stubRouters", Range.of(usual.stubRouters()));
        put("transit", usual.transit());
        put("transitStub", usual.transitStub());
        put("stub", usual.stub());
        put("client", usual.client());
    }

    private void put(String kind, LinkKind usual) {
        values.put(kind + "Millis", usual.millis());
        values.put(kind + "Mbps", usual.megabits());
    }

    /**
     * The shape that is asked for; empty when the text is about another network.
     *
     * @throws ConfigurationException FS395 when it is about this one and wrong
     */
    static Optional<TransitStub> read(String text) {
        if (!text.equals(NAME) && !text.startsWith(NAME + ":")) {
            return Optional.empty();
        }
        TransitStubText read = new TransitStubText();
        try {
            if (text.length() > NAME.length()) {
                for (String pair : text.substring(NAME.length() + 1).split(",", -1)) {
                    read.take(pair);
                }
            }
            return Optional.of(read.shape());
        } catch (IllegalArgumentException refused) {
            throw new ConfigurationException("FS395", "--like " + text + ": " + refused.getMessage());
        }
    }

    private void take(String pair) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        String value = pair.substring(equals + 1);
        if (!values.containsKey(key)) {
            Collection<String> known = values.keySet();
            throw new IllegalArgumentException("there is no '" + key + "'" + Nearest.hint(key, known));
        }
        boolean isCount = !key.endsWith("Millis") && !key.endsWith("Mbps");
        String expected = isCount ? "a whole number" : "a number, or a range such as 2-8";
        if (equals < 0 || !value.matches(isCount ? "\\d{1,9}" : NUMBER + "(?:-" + NUMBER + ")?")) {
            throw new IllegalArgumentException(
                    key + " is '" + (equals < 0 ? "" : value) + "'; " + expected + " was expected");
        }
        int dash = value.indexOf('-');
        double least = Double.parseDouble(dash < 0 ? value : value.substring(0, dash));
        values.put(key, new Range(least, Double.parseDouble(value.substring(dash + 1))));
    }

    private TransitStub shape() {
        return new TransitStub(
                count("transitDomains"),
                count("transitRouters"),
                count("stubDomains"),
                count("stubRouters"),
                kind("transit"),
                kind("transitStub"),
                kind("stub"),
                kind("client"));
    }

    private int count(String key) {
        return (int) value(key).least();
    }

    private LinkKind kind(String name) {
        try {
            return new LinkKind(value(name + "Millis"), value(name + "Mbps"));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(name + " links: " + refused.getMessage(), refused);
        }
    }

    private Range value(String key) {
        return values.getOrDefault(key, Range.of(0));
    }
}
