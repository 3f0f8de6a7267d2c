package dev.foresail.steering.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a provider's text is read: a file, or an address {@code http://} or {@code https://}. Immutable.
 *
 * @param place as it is written
 */
public record Source(String place) {
    /** A million links of a table take half of it. */
    static final int MOST_BYTES = 64 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** @throws IllegalArgumentException when it can be neither a path nor an address */
    public Source {
        if (place.isBlank()) {
            throw new IllegalArgumentException("nothing is named");
        }
        if (isRemote(place)) {
            if (URI.create(place).getHost() == null) {
                throw new IllegalArgumentException("no host in " + place);
            }
        } else {
            Path unused = Path.of(place);
        }
    }

    private static boolean isRemote(String place) {
        return place.startsWith("http://") || place.startsWith("https://");
    }

    /** Whether it is somewhere else, where it may be out of reach at times. */
    public boolean isRemote() {
        return isRemote(place);
    }

    /**
     * Reads it, UTF-8; takes up to 10 s until the answer begins, and waits for a lock of nobody.
     *
     * @throws IOException when it cannot be read, or is longer than 64 MiB
     */
    String read() throws IOException, InterruptedException {
        return isRemote() ? get() : text(Files.newInputStream(Path.of(place)));
    }

    private String get() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(place))
                .timeout(PATIENCE)
                .header("Accept", "application/alto-networkmap+json,application/alto-costmap+json,text/csv,*/*")
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException("the server answers " + answer.statusCode());
            }
            return text(body);
        }
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("longer than " + MOST_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
