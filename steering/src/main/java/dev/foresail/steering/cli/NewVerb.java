package dev.foresail.steering.cli;

import dev.foresail.steering.project.StarterProject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code foresail new}: a starter project. */
@Command(name = "new", description = "write a starter project: a protocol with a choice, a scenario, a test, YAML")
public final class NewVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "NAME", description = "of project and protocol, such as work-dispatch")
    private String name = "";

    @Option(names = "--directory", paramLabel = "D", description = "where; else a new directory NAME")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--package", paramLabel = "P", description = "of its classes; else com.example.NAME")
    private Optional<String> packageName = Optional.empty();

    @Override
    public Integer call() {
        StarterProject project = new StarterProject(
                name, packageName.orElseGet(() -> StarterProject.defaultPackage(name)), Version.number());
        Path into = directory.orElseGet(() -> Path.of(name));
        List<Path> files = project.write(into);
        List<String> commands = List.of(
                "mvn -q -Dforesail.quick install  (once, in your Foresail checkout: it is not on Maven Central)",
                "cd " + into,
                "mvn test",
                "foresail simulate " + name + " --classpath target/classes --nodes 6");
        Output output = common.output();
        output.prose("written to " + into + ":");
        files.forEach(file -> output.prose("  " + file));
        output.prose("next:");
        commands.forEach(command -> output.prose("  " + command));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("directory", into.toString());
        json.put("protocol", name);
        json.put("files", files.stream().map(Path::toString).toList());
        output.result(json);
        return ExitCode.DONE;
    }
}
