package dev.foresail.steering.operations;

import dev.foresail.predictor.json.JsonLines;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What a request is answered with. */
record Answer(HttpResponseStatus status, String contentType, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Lines of text; a mistake begins with its code in brackets. */
    static Answer text(HttpResponseStatus status, String text) {
        return new Answer(status, TEXT, text + "\n");
    }

    static Answer mistake(HttpResponseStatus status, String code, String explanation) {
        return text(status, "[" + code + "] " + explanation);
    }

    static Answer json(Map<String, ?> object) {
        try {
            return new Answer(HttpResponseStatus.OK, "application/json", JsonLines.write(object) + "\n");
        } catch (IOException tooLong) {
            throw new UncheckedIOException(tooLong);
        }
    }
}
