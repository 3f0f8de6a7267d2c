package dev.foresail.steering.cli;

import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.text.Nearest;
import dev.foresail.steering.control.SteeringMode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foresail node mode}: switches steering while the node runs. */
@Command(name = "mode", description = "switch the steering of a running node: off, observe, advise or steer")
final class NodeModeVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RunningNode running = new RunningNode();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "MODE", description = "off, observe, advise or steer")
    private String label = "";

    @Override
    public Integer call() throws IOException {
        SteeringMode mode = SteeringMode.labelled(label)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + label + "' is no mode of steering" + Nearest.hint(label, SteeringMode.labels())));
        Switched switched = running.client().switchTo(mode, Switched::of);
        Output output = common.output();
        output.prose("steering of the node at " + running.address() + ": " + switched.mode() + ", before: "
                + switched.before());
        output.result(switched.values());
        return ExitCode.DONE;
    }

    private record Switched(String mode, String before, Map<String, Object> values) {
        static Switched of(JsonObject answer) throws IOException {
            return new Switched(
                    Terminal.line(answer.text("mode")), Terminal.line(answer.text("before")), answer.values());
        }
    }
}
