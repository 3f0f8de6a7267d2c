package dev.foresail.steering.cli;

import dev.foresail.steering.operations.OperationsClient;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which running node is meant. */
final class RunningNode {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            required = true,
            description = "what the node's configuration has as operations.listen")
    private String address = "";

    @Option(
            names = "--token",
            paramLabel = "FILE",
            required = true,
            defaultValue = "${env:FORESAIL_TOKEN}",
            description = "the file with the node's token; without it, the one that FORESAIL_TOKEN names")
    private Path token = Path.of("");

    /** Where the user says that the node is. */
    String address() {
        return address;
    }

    OperationsClient client() {
        return client(mixee, address, token);
    }

    /** Of the node at an address that the user has given. */
    static OperationsClient client(CommandSpec mixee, String address, Path token) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw new ParameterException(
                    mixee.commandLine(),
                    "--at: '" + address + "' is no address; write host:port, such as 127.0.0.1:9101");
        }
        return new OperationsClient(
                InetSocketAddress.createUnresolved(parts.group(1), Integer.parseInt(parts.group(2))), token);
    }
}
