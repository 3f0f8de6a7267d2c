package dev.foresail.steering.security;

/**
 * Something that is wrong with a file of a node's security.
 *
 * @param file which of them
 * @param code such as {@code FS310}
 * @param text what is wrong, with the file's name, and how to mend it
 */
public record SecurityMistake(File file, String code, String text) {
    /** The files by what they hold. */
    public enum File {
        CERTIFICATE("certificate"),
        KEY("key"),
        TRUSTED("trusted");

        private final String label;

        File(String label) {
            this.label = label;
        }

        /** The key in YAML. */
        public String label() {
            return label;
        }
    }
}
