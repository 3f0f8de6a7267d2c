package dev.foresail.steering.cli;

import dev.foresail.steering.config.ConfigurationException;

/** Checks numbers of the command line. */
final class Counts {
    private Counts() {}

    /** @throws ConfigurationException FS200 when it is less */
    static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ConfigurationException("FS200", option + " is a whole number of at least 1, not " + value);
        }
    }

    static void between(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ConfigurationException(
                    "FS200", option + " is a whole number from 1 to " + most + ", not " + value);
        }
    }
}
