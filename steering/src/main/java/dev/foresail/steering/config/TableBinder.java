package dev.foresail.steering.config;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.predictor.resolve.ValueTable;
import dev.foresail.predictor.resolve.ValueTableFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the table of values that a configuration names, and looks whether it is for this configuration. */
final class TableBinder {
    private final Optional<Machine<?>> machine;
    private final SortedMap<String, String> parameters;
    private final boolean isRead;
    private final Problems problems;
    private final Values values;

    /**
     * @param machine empty when the protocol is not known: then nothing is read
     * @param isRead whether tables are read at all
     */
    TableBinder(
            Optional<Machine<?>> machine,
            SortedMap<String, String> parameters,
            boolean isRead,
            Problems problems,
            Values values) {
        this.machine = machine;
        this.parameters = parameters;
        this.isRead = isRead;
        this.problems = problems;
        this.values = values;
    }

    Optional<ValueTable> read(Node node, ResolverSettings settings) {
        Optional<Path> file = values.path(node, "resolver.table");
        if (file.isEmpty() || machine.isEmpty() || !isRead) {
            return Optional.empty();
        }
        try {
            ValueTable table = ValueTableFile.read(file.get());
            table.origin()
                    .mistake(ValueTable.Origin.of(machine.get(), parameters, settings))
                    .ifPresent(mistake -> problems.add(
                            node,
                            "FS478",
                            file.get() + " is no table for this configuration: " + mistake
                                    + "; make it anew with 'foresail precompute'"));
            return Optional.of(table);
        } catch (NoSuchFileException absent) {
            problems.add(node, "FS478", "there is no file " + file.get() + "; make it with 'foresail precompute'");
        } catch (IOException unreadable) {
            problems.add(node, "FS478", "the table of values cannot be read: " + unreadable.getMessage());
        }
        return Optional.empty();
    }
}
