package dev.foresail.predictor.json;

import dev.foresail.choice.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON object that was read, asked by name and type; what is missing or of another type is an IOException. */
public record JsonObject(Map<String, Object> values) {
    private <T> Optional<T> value(String name, Class<T> type, String expected) throws IOException {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(cast(name, value, type, expected));
    }

    private static <T> T cast(String name, Object value, Class<T> type, String expected) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException("'" + name + "' is to be " + expected + ", not " + value);
        }
        return type.cast(value);
    }

    private static IOException missing(String name) {
        return new IOException("'" + name + "' is missing");
    }

    public Optional<String> textIfAny(String name) throws IOException {
        return value(name, String.class, "a text");
    }

    public String text(String name) throws IOException {
        return textIfAny(name).orElseThrow(() -> missing(name));
    }

    public boolean flag(String name) throws IOException {
        return value(name, Boolean.class, "true or false").orElseThrow(() -> missing(name));
    }

    /** Any whole number. */
    public long whole(String name) throws IOException {
        return value(name, Long.class, "a whole number").orElseThrow(() -> missing(name));
    }

    /** A whole number of at least 0. */
    public long natural(String name) throws IOException {
        long number = whole(name);
        if (number < 0) {
            throw new IOException("'" + name + "' is to be at least 0, not " + number);
        }
        return number;
    }

    /** The texts of an object, by name. */
    public SortedMap<String, String> textsByName(String name) throws IOException {
        JsonObject object = object(name);
        SortedMap<String, String> texts = new TreeMap<>();
        for (String key : object.values().keySet()) {
            texts.put(key, object.text(key));
        }
        return texts;
    }

    /** A whole number of at least {@code least} that an int can hold. */
    public int number(String name, int least) throws IOException {
        long number = whole(name);
        if (number < least || number > Integer.MAX_VALUE) {
            throw new IOException("'" + name + "' is to be " + least + " to " + Integer.MAX_VALUE + ", not " + number);
        }
        return (int) number;
    }

    public Optional<NodeId> nodeIfAny(String name) throws IOException {
        Optional<Long> id = value(name, Long.class, "a node's number");
        if (id.isPresent() && id.get() < 0) {
            throw new IOException("'" + name + "' is to be a node's number, not " + id.get());
        }
        return id.map(NodeId::of);
    }

    public NodeId node(String name) throws IOException {
        return nodeIfAny(name).orElseThrow(() -> missing(name));
    }

    /** The texts of a list; none when it is missing. */
    public List<String> texts(String name) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            texts.add(cast(name, element, String.class, "a list of texts"));
        }
        return texts;
    }

    /** The whole numbers of a list, each of at least {@code least} and such that an int can hold it; none when it is missing. */
    public List<Integer> numbers(String name, int least) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Object element : list(name)) {
            numbers.add(new JsonObject(Map.of(name, element)).number(name, least));
        }
        return numbers;
    }

    /** The objects of a list; none when it is missing. */
    public List<JsonObject> objects(String name) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(object(cast(name, element, Map.class, "a list of objects")));
        }
        return objects;
    }

    private List<?> list(String name) throws IOException {
        Object value = values.getOrDefault(name, List.of());
        return cast(name, value, List.class, "a list");
    }

    public JsonObject object(String name) throws IOException {
        return object(value(name, Map.class, "an object").orElseThrow(() -> missing(name)));
    }

    @SuppressWarnings("unchecked") // names of JSON objects are texts
    private static JsonObject object(Map<?, ?> map) {
        return new JsonObject((Map<String, Object>) map);
    }
}
