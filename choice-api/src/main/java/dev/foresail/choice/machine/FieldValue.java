package dev.foresail.choice.machine;

/**
 * A field of a state with its value, for people.
 *
 * @param name the field's name in the source
 * @param value its value as text; {@code null} when it has none
 */
public record FieldValue(String name, String value) {
    @Override
    public String toString() {
        return name + "=" + value;
    }
}
