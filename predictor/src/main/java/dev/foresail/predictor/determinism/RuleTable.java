package dev.foresail.predictor.determinism;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What handlers had better not call, as the resource {@code rules.txt} lists it; the notation is explained there.
 * Immutable.
 */
final class RuleTable {
    private static final String STATIC = "static ";
    private static final String WRITE = "write ";

    private final List<Rule> calls = new ArrayList<>();
    private final List<Rule> staticTypes = new ArrayList<>();
    private final List<Rule> staticWrites = new ArrayList<>();

    /** What is found where the pattern matches. */
    record Rule(Pattern pattern, Category category, String advice) {}

    private RuleTable(String text) {
        Category category = Category.CLOCK;
        String advice = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                int end = line.indexOf(']');
                category = Category.valueOf(line.substring(1, end));
                advice = line.substring(end + 1).strip();
            } else if (line.startsWith(STATIC)) {
                staticTypes.add(new Rule(glob(line.substring(STATIC.length())), category, advice));
            } else if (line.startsWith(WRITE)) {
                staticWrites.add(new Rule(glob(line.substring(WRITE.length())), category, advice));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                String anyParameters = line.contains("(") ? "" : "(*";
                calls.add(new Rule(glob(line + anyParameters), category, advice));
            }
        }
    }

    static RuleTable standard() {
        try (InputStream file = RuleTable.class.getResourceAsStream("rules.txt")) {
            if (file == null) {
                throw new IllegalStateException("the class path lacks rules.txt beside " + RuleTable.class);
            }
            return new RuleTable(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Pattern glob(String text) {
        StringBuilder pattern = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    /** @param called {@code owner.name(parameters)} */
    Optional<Rule> call(String called) {
        return first(calls, called);
    }

    /** @param type of a static field that is read, in full */
    Optional<Rule> staticRead(String type) {
        return first(staticTypes, type);
    }

    /** @param field {@code owner.name} of a static field that is written after its class was initialised */
    Optional<Rule> staticWrite(String field) {
        return first(staticWrites, field);
    }

    private static Optional<Rule> first(List<Rule> rules, String text) {
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(text).matches())
                .findFirst();
    }
}
