package dev.foresail.steering.operations;

import dev.foresail.steering.failure.NodeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Set;

/** The secret that a node and its operators share. Immutable; never shown as text. */
final class OperatorToken {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 512;
    private static final String SCHEME = "Bearer ";
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

    private final String secret;

    private OperatorToken(String secret) {
        this.secret = secret;
    }

    /**
     * Reads the file's only line.
     *
     * @throws NodeException FS320 when there is no token in it, FS321 when others than its owner may use it
     */
    static OperatorToken read(Path file) {
        String text;
        try (InputStream in = Files.newInputStream(file)) {
            checkOwnersAlone(file);
            text = new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new NodeException("FS320", "cannot read the token file " + file + ": " + unreadable, unreadable);
        }
        if (!text.matches("[!-~]{" + SHORTEST + "," + LONGEST + "}")) {
            // Without what was found: it may be a secret all the same.
            throw new NodeException(
                    "FS320",
                    "the file " + file + " holds no token: one line of " + SHORTEST + " to " + LONGEST
                            + " ASCII characters without spaces was expected");
        }
        return new OperatorToken(text);
    }

    private static void checkOwnersAlone(Path file) throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException notPosix) {
            return;
        }
        if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
            throw new NodeException(
                    "FS321",
                    "the token file " + file + " can be used by others than its owner ("
                            + PosixFilePermissions.toString(permissions) + "): chmod 600 " + file
                            + ", and write a new token into it");
        }
    }

    /** What stands in the header of a request. */
    String header() {
        return SCHEME + secret;
    }

    /** Whether a request's header shows this token; how long it takes says nothing of the token. */
    boolean isShownBy(String header) {
        return MessageDigest.isEqual(
                header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }
}
