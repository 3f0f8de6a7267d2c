package dev.foresail.choice.processor.encoding;

import java.util.List;

/** Java source text that grows line by line; braces and open parentheses indent what follows. */
public final class Source {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    /** Adds the lines of {@code template}, formatted with {@code arguments} when there are any. */
    @SuppressWarnings("AnnotateFormatMethod")
    public Source add(String template, Object... arguments) {
        String formatted = arguments.length == 0 ? template : template.formatted(arguments);
        for (String line : formatted.stripTrailing().split("\n", -1)) {
            addLine(line.strip());
        }
        return this;
    }

    /** Adds a constant list, each item on a line of its own. */
    public Source addList(String declaration, List<String> items) {
        return addListAfter(declaration + " =", items);
    }

    /** Adds a method's last statement: a list, each item on a line of its own. */
    public Source addReturnedList(List<String> items) {
        return addListAfter("return", items);
    }

    private Source addListAfter(String start, List<String> items) {
        if (items.isEmpty()) {
            return add(start + " List.of();");
        }
        return add(start + " List.of(\n" + String.join(",\n", items) + "\n);");
    }

    /** Adds a method's last statement: the value that {@code cases} give for {@code selector}, else {@code failure}. */
    public Source addSwitch(String selector, List<String> cases, String failure) {
        if (cases.isEmpty()) {
            return add("throw " + failure + ";");
        }
        add("return switch (" + selector + ") {");
        cases.forEach(this::add);
        return add("default -> throw " + failure + ";").add("};");
    }

    /** Adds an empty line. */
    public Source blank() {
        text.append('\n');
        return this;
    }

    private void addLine(String line) {
        if (line.startsWith("}") || line.startsWith(")")) {
            depth--;
        }
        if (!line.isEmpty()) {
            text.append("    ".repeat(Math.max(0, depth)));
            text.append(line.startsWith("+ ") ? "        " : "").append(line);
        }
        text.append('\n');
        if (line.endsWith("{") || line.endsWith("(")) {
            depth++;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
