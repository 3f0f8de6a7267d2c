package dev.foresail.steering.operations;

import dev.foresail.predictor.json.DamagedLineException;
import dev.foresail.predictor.json.JsonLines;
import dev.foresail.steering.control.SteeringMode;
import dev.foresail.steering.failure.NodeException;
import dev.foresail.steering.logging.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a running node, as an operator who has its token. Blocks, for seconds at most where nobody answers. Every method
 * throws a {@link NodeException}: FS322 when nobody is there, FS323 when the node has another token, FS324 when what answers
 * is no node, FS325 when the node's event loop hangs.
 */
public final class OperationsClient {
    private static final int PATIENCE_MILLIS = 5000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int LONGEST_MISTAKE = 1000;
    private static final Pattern MISTAKE = Pattern.compile("\\[(FS\\d{3})] (.*)", Pattern.DOTALL);

    private final InetSocketAddress address;
    private final OperatorToken token;

    /**
     * @param token the file with the node's token
     * @throws NodeException FS320 or FS321 when the file cannot be used
     */
    public OperationsClient(InetSocketAddress address, Path token) {
        this.address = address;
        this.token = OperatorToken.read(token);
    }

    /** @param reading makes something of what the node tells of itself */
    public <T> T status(JsonLines.Parser<T> reading) {
        return ask("GET", "/status", Optional.empty(), reading);
    }

    /** @param reading makes something of the event filters that the node has in place */
    public <T> T filters(JsonLines.Parser<T> reading) {
        return ask("GET", "/filters", Optional.empty(), reading);
    }

    /** @param reading makes something of what the node's process knows of its links */
    public <T> T links(JsonLines.Parser<T> reading) {
        return ask("GET", "/links", Optional.empty(), reading);
    }

    /** @param reading makes something of the latest that the node has done */
    public <T> T log(JsonLines.Parser<T> reading) {
        return ask("GET", "/log", Optional.empty(), reading);
    }

    /** @param reading makes something of what the node has switched: the {@code mode}, and the one {@code before} */
    public <T> T switchTo(SteeringMode mode, JsonLines.Parser<T> reading) {
        return ask("POST", "/mode", Optional.of("{\"mode\":\"" + mode.label() + "\"}"), reading);
    }

    private <T> T ask(String method, String path, Optional<String> body, JsonLines.Parser<T> reading) {
        HttpURLConnection connection = connect(method, path, body);
        try {
            int status = connection.getResponseCode();
            InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
            String answer = in == null ? "" : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
            if (status != HttpURLConnection.HTTP_OK) {
                throw refused(status, answer);
            }
            return JsonLines.parse(answer, reading);
        } catch (DamagedLineException noObject) {
            throw stranger("something else than the object that was asked for", Optional.of(noObject));
        } catch (IOException broken) {
            throw stranger("no HTTP", Optional.of(broken));
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connect(String method, String path, Optional<String> body) {
        try {
            URL url = new URL("http", address.getHostString(), address.getPort(), path);
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", token.header());
            if (body.isPresent()) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.get().getBytes(StandardCharsets.UTF_8));
            }
            connection.connect();
            return connection;
        } catch (IOException nobody) {
            throw new NodeException(
                    "FS322",
                    "nobody answers at " + text() + ": " + nobody.getMessage()
                            + "; name what the node's configuration has as operations.listen",
                    nobody);
        }
    }

    private NodeException refused(int status, String answer) {
        Matcher mistake = MISTAKE.matcher(answer);
        if (mistake.matches()) {
            return new NodeException(
                    mistake.group(1), text() + " answers: " + OneLine.of(mistake.group(2), LONGEST_MISTAKE));
        }
        return stranger("HTTP status " + status, Optional.empty());
    }

    private NodeException stranger(String found, Optional<Exception> cause) {
        String text = "what listens at " + text() + " is no node that operators can reach: it answers with " + found
                + "; name what the node's configuration has as operations.listen";
        return cause.map(known -> new NodeException("FS324", text, known)).orElse(new NodeException("FS324", text));
    }

    private String text() {
        return address.getHostString() + ":" + address.getPort();
    }
}
