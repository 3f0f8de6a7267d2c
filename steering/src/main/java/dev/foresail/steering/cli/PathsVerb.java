package dev.foresail.steering.cli;

import dev.foresail.predictor.path.CausalPath;
import dev.foresail.predictor.path.OpenTelemetryFile;
import dev.foresail.predictor.path.PathFile;
import dev.foresail.predictor.path.PathFileException;
import dev.foresail.predictor.path.RecordedPaths;
import dev.foresail.predictor.text.Nearest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code foresail paths}: reads back the causal paths of a run, compares them with what is expected, and shows or exports them. */
@Command(name = "paths", description = "the causal paths of a recorded run, and which are not as expected")
public final class PathsVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "files that 'simulate --paths' or the nodes' 'run --paths' have written; those of one run are put together")
    private List<Path> files = List.of();

    @Option(names = "--show", paramLabel = "PATH", description = "draw one path, such as n3.1.7")
    private Optional<String> shown = Optional.empty();

    @Option(names = "--otlp", paramLabel = "FILE", description = "write all paths as traces for OpenTelemetry, in JSON")
    private Optional<Path> traces = Optional.empty();

    @Override
    public Integer call() {
        Output output = common.output();
        RecordedPaths recorded =
                files.stream().map(PathsVerb::read).reduce(RecordedPaths::with).orElseThrow();
        if (shown.isPresent()) {
            CausalPath path = find(recorded, shown.get());
            PathText.lines(path).forEach(output::prose);
            export(recorded, output);
            output.result(PathText.json(path));
            return ExitCode.DONE;
        }
        output.prose(
                "protocol " + recorded.protocol() + ", by " + recorded.run().command());
        PathReport report = new PathReport(recorded);
        report.print(output);
        export(recorded, output);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("protocol", recorded.protocol());
        json.put("run", recorded.run().command());
        report.addTo(json);
        output.result(json);
        return report.exitCode();
    }

    private void export(RecordedPaths recorded, Output output) {
        traces.ifPresent(file -> {
            OpenTelemetryFile.write(file, recorded);
            output.prose("traces: " + file);
        });
    }

    private static RecordedPaths read(Path file) {
        // What is no UTF-8 becomes signs that say so, and is told as what it is: a damaged line.
        try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            return PathFile.read(in);
        } catch (PathFileException wrong) {
            throw new PathFileException(wrong.code(), file + ": " + wrong.problem());
        } catch (IOException unreadable) {
            throw new PathFileException(
                    "FS522",
                    Files.exists(file)
                            ? file + " cannot be read: " + unreadable.getMessage()
                            : "there is no file " + file);
        }
    }

    private static CausalPath find(RecordedPaths recorded, String wanted) {
        List<CausalPath> paths = recorded.paths();
        return paths.stream()
                .filter(path -> path.id().toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> ids =
                            paths.stream().map(path -> path.id().toString()).toList();
                    return new PathFileException(
                            "FS525",
                            "no path is called '" + wanted + "'"
                                    + Nearest.to(wanted, ids)
                                            .map(near -> "; did you mean '" + near + "'?")
                                            .orElse("")
                                    + " (" + ids.size() + " paths, such as "
                                    + String.join(", ", ids.subList(0, Math.min(3, ids.size()))) + ")");
                });
    }
}
