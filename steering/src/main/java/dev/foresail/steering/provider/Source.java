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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a provider's text is read: a file, or an address {@code http://} or {@code https://}. Immutable.
 *
 * @param place as it is written
 */
public record Source(String place) {
    /** A million links of a table take half of it. */
    static final int MOST_BYTES = 64 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** One thread reads all providers of a node; whoever stalls keeps the others waiting. */
    private static final Duration WHOLE_PATIENCE = Duration.ofMinutes(1);

    private static final int OK = 200;

    /** One for all, made when it is needed: each has threads of its own. */
    private static final class Client {
        static final HttpClient SHARED = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

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
     * Reads it, UTF-8; a server has 10 s until its answer begins, and a minute for all of it.
     *
     * @throws IOException when it cannot be read in time, or is longer than 64 MiB
     */
    String read() throws IOException, InterruptedException {
        return read(WHOLE_PATIENCE);
    }

    /** As {@link #read()}, with another time for all of a server's answer. */
    String read(Duration patience) throws IOException, InterruptedException {
        return isRemote() ? get(patience) : text(Files.newInputStream(Path.of(place)));
    }

    private String get(Duration patience) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(place))
                .timeout(PATIENCE)
                .header("Accept", "application/alto-networkmap+json,application/alto-costmap+json,text/csv,*/*")
                .build();
        CompletableFuture<HttpResponse<byte[]>> asked =
                Client.SHARED.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> answer = asked.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (answer.statusCode() != OK) {
                throw new IOException("the server answers " + answer.statusCode());
            }
            return text(answer.body());
        } catch (TimeoutException late) {
            throw new IOException("the answer is not whole after " + patience.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof IOException known ? known : new IOException(String.valueOf(cause), failed);
        } finally {
            // Also when nobody waits any longer: a connection would be kept for what nobody reads.
            asked.cancel(true);
        }
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("longer than " + MOST_BYTES + " bytes");
            }
            return text(bytes);
        }
    }

    private static String text(byte[] bytes) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    @Override
    public String toString() {
        return place;
    }
}
