package dev.foresail.steering.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code foresail node}: a running node's state and switches. */
@Command(
        name = "node",
        description = "what a running node does, and its switches",
        subcommands = {NodeStatusVerb.class, NodeModeVerb.class, NodeFiltersVerb.class, NodeLogVerb.class})
public final class NodeVerb implements Verb {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do: status, mode, filters or log");
    }
}
