package dev.foresail.steering.config;

/**
 * Something a user got wrong.
 *
 * @param place {@code file:line:column}, counted from 1, or empty when it is in no file
 * @param code such as {@code FS204}; docs/errors has a page for each
 * @param text what is wrong, the value, what was expected
 */
public record Problem(String place, String code, String text) {
    @Override
    public String toString() {
        return (place.isEmpty() ? "" : place + ": ") + "[" + code + "] " + text;
    }
}
