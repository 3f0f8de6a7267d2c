package dev.foresail.steering.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foresail completion}: a script that completes verbs, options and names. */
@Command(
        name = "completion",
        description = {"print a completion script for bash and zsh", "use: source <(foresail completion)"})
public final class CompletionVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String script = AutoComplete.bash("foresail", spec.root().commandLine());
        Output output = common.output();
        output.prose(script);
        output.result(Map.of("script", script));
        return ExitCode.DONE;
    }
}
