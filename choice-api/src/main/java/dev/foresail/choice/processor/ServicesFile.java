package dev.foresail.choice.processor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/** The list of machines that {@link java.util.ServiceLoader} reads. */
final class ServicesFile {
    private static final String PATH = "META-INF/services/dev.foresail.choice.machine.Machine";

    private final ProcessingEnvironment environment;

    ServicesFile(ProcessingEnvironment environment) {
        this.environment = environment;
    }

    /** Adds machines to what the list holds already: hand-written ones, and those of an earlier, incremental compile. */
    void add(Map<String, TypeElement> machines) {
        SortedSet<String> names = existing();
        names.addAll(machines.keySet());
        Filer filer = environment.getFiler();
        Element[] origins = machines.values().toArray(new Element[0]);
        try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", PATH, origins)
                .openWriter()) {
            for (String name : names) {
                out.write(name + "\n");
            }
        } catch (IOException problem) {
            environment
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write " + PATH + ": " + problem.getMessage());
        }
    }

    /** The names in the list of an earlier compile whose classes are still there. */
    private SortedSet<String> existing() {
        SortedSet<String> names = new TreeSet<>();
        try (Reader in = environment
                        .getFiler()
                        .getResource(StandardLocation.CLASS_OUTPUT, "", PATH)
                        .openReader(true);
                BufferedReader lines = new BufferedReader(in)) {
            lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(name -> !name.isEmpty()
                            && environment.getElementUtils().getTypeElement(name.replace('$', '.')) != null)
                    .forEach(names::add);
        } catch (IOException unreadable) {
            return names;
        }
        return names;
    }
}
