package dev.foresail.steering.cli;

import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@link CarriedOptions} where they arrive: whoever sends them may name no file of this machine. Pure functions. */
final class OfferedOptions {
    private OfferedOptions() {}

    /**
     * The options, with the offer's files as files of this machine.
     *
     * @param kept gets these files, for the caller to delete, also when it fails
     * @throws RefusedException FS439 when an option names any other file
     * @throws CommandLine.ParameterException when these are no options
     * @throws IOException when a file cannot be written
     */
    static SimulationOptions read(CampaignOffer offer, List<Path> kept) throws RefusedException, IOException {
        List<String> words = new ArrayList<>();
        for (String word : offer.words()) {
            words.add(word.startsWith(CampaignOffer.FILE) ? keep(word, offer, kept) : word);
        }
        SimulationOptions options = new SimulationOptions();
        CommandLine line = new CommandLine(options);
        line.setExpandAtFiles(false);
        line.registerConverter(Duration.class, Mistakes::duration);
        for (OptionSpec option : line.parseArgs(words.toArray(String[]::new)).matchedOptions()) {
            for (String value : option.stringValues()) {
                if (namesFile(option, value) && !kept.contains(Path.of(value))) {
                    throw new RefusedException(
                            "FS439",
                            "it reads no file of its own for others: " + option.longestName() + " '" + value + "'");
                }
            }
        }
        return options;
    }

    private static boolean namesFile(OptionSpec option, String value) {
        boolean isPath = Stream.concat(Stream.of(option.type()), Arrays.stream(option.auxiliaryTypes()))
                .anyMatch(type -> type == Path.class);
        return isPath || (option.longestName().equals("--like") && TopologyOptions.isFile(value));
    }

    /** A file with a name like the coordinator's, by which readers know what it is. */
    private static String keep(String word, CampaignOffer offer, List<Path> kept) throws IOException {
        int slash = word.indexOf('/');
        byte[] content = offer.files().get(Integer.parseInt(word.substring(1, slash)));
        String name = word.substring(slash + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        Path file = Files.createTempFile("foresail-", "-" + name);
        kept.add(file);
        return Files.write(file, content).toString();
    }
}
