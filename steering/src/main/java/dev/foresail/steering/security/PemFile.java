package dev.foresail.steering.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file; text between them is skipped, as other readers do. */
final class PemFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----\\s([^-]*+)-----END \\1-----");

    private PemFile() {}

    /** A block such as {@code CERTIFICATE} with what its Base64 stands for. */
    record Block(String type, String base64) {
        byte[] content() {
            return Base64.getMimeDecoder().decode(base64);
        }
    }

    /** Why a file cannot be used, in words that follow the file's name. */
    static final class PemException extends Exception {
        private static final long serialVersionUID = 1L;

        PemException(String reason) {
            super(reason);
        }
    }

    static List<Block> read(Path file) throws PemException {
        List<Block> blocks = new ArrayList<>();
        try {
            Matcher matcher = BLOCK.matcher(text(file));
            while (matcher.find()) {
                Block block = new Block(matcher.group(1), matcher.group(2));
                if (block.content().length == 0) {
                    throw new PemException("has an empty block " + block.type());
                }
                blocks.add(block);
            }
        } catch (IllegalArgumentException noBase64) {
            throw new PemException("is damaged: " + noBase64.getMessage());
        }
        if (blocks.isEmpty()) {
            throw new PemException("is not a PEM file: it has no line -----BEGIN ...----- with its -----END ...-----");
        }
        return blocks;
    }

    private static String text(Path file) throws PemException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new PemException("is larger than 1 MiB, which no certificate needs");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new PemException(
                    Files.exists(file)
                            ? "cannot be read: " + failure.getMessage()
                            : "cannot be read: there is no such file");
        }
    }
}
