package dev.foresail.steering.cli;

import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of a simulation on their way to another machine, with the files that they name. On one thread. */
final class CarriedOptions {
    /** All files together, so that a message has room for them. */
    private static final long MOST_BYTES = 48L << 20;

    private final List<String> words = new ArrayList<>();
    private final List<byte[]> files = new ArrayList<>();
    private long bytes;

    void add(String... more) {
        words.addAll(List.of(more));
    }

    /** @throws ConfigurationException FS200 when it is too long or cannot be read */
    void addFile(String option, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw tooLong(option);
            }
            addFile(option, String.valueOf(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    "FS200", option + ": cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    /** @param name for messages */
    void addFile(String option, String name, byte[] content) {
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            throw tooLong(option);
        }
        add(option, CampaignOffer.FILE + files.size() + "/" + name);
        files.add(content);
    }

    private static ConfigurationException tooLong(String option) {
        return new ConfigurationException(
                "FS200",
                option + ": the members of a cluster are sent files of " + (MOST_BYTES >> 20) + " MiB at most");
    }

    List<String> words() {
        return words;
    }

    List<byte[]> files() {
        return files;
    }
}
