package dev.foresail.predictor.snapshot;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.predictor.json.JsonObject;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.node.Exported;
import dev.foresail.predictor.node.PossiblyDelivered;
import dev.foresail.predictor.node.SentMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One node of a snapshot as a JSON object, and back. Values are canonical bytes in hexadecimal, which count, with their text
 * beside them for people. Clocks mean nothing elsewhere, so the arrival of an export is kept as its age. Immutable.
 */
final class NodeLines<S> {
    private static final HexFormat HEX = HexFormat.of();

    private final Machine<S> machine;
    private final long nowNanos;

    NodeLines(Machine<S> machine, long nowNanos) {
        this.machine = machine;
        this.nowNanos = nowNanos;
    }

    Map<String, Object> write(SystemSnapshot.Known<S> known) {
        Checkpoint<S> checkpoint = known.checkpoint();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("node", checkpoint.node().value());
        object.put("checkpoint", checkpoint.number());
        object.put("parameters", parameters(known.parameters()));
        object.put("state", state(checkpoint.state()));
        object.put("bytes", hex(out -> machine.write(checkpoint.state(), out)));
        object.put("timers", checkpoint.timers());
        List<Map<String, Object>> deferred = new ArrayList<>();
        for (Event.Delivery delivery : checkpoint.deferred()) {
            deferred.add(message("from", delivery.from().value(), delivery.message()));
        }
        object.put("deferred", deferred);
        List<Map<String, Object>> channels = new ArrayList<>();
        checkpoint.channels().forEach((peer, channel) -> channels.add(channel(peer, channel)));
        object.put("channels", channels);
        object.put("connections", checkpoint.connections());
        return object;
    }

    private Map<String, String> parameters(List<Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<ParameterDescription> parameters = machine.parameters();
        for (int index = 0; index < parameters.size(); index++) {
            texts.put(parameters.get(index).name(), ParameterValues.text(values.get(index)));
        }
        return texts;
    }

    private Map<String, String> state(S state) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (FieldValue field : machine.values(state)) {
            fields.put(field.name(), String.valueOf(field.value()));
        }
        return fields;
    }

    private static String hex(Consumer<StateWriter> value) {
        StateWriter out = new StateWriter();
        value.accept(out);
        return HEX.formatHex(out.toByteArray());
    }

    private Map<String, Object> message(String name, long number, Object message) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(name, number);
        object.put("message", message.toString());
        object.put("bytes", hex(out -> machine.writeMessage(message, out)));
        return object;
    }

    private Map<String, Object> channel(NodeId peer, ChannelCheckpoint channel) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("peer", peer.value());
        object.put("sent", channel.sent());
        object.put("received", channel.received());
        object.put("connection", channel.connection());
        object.put("peerConnection", channel.peerConnection());
        List<Map<String, Object>> log = new ArrayList<>();
        for (SentMessage sent : channel.log()) {
            log.add(message("sequence", sent.sequence(), sent.message()));
        }
        object.put("log", log);
        if (!channel.possiblyDelivered().isEmpty()) {
            List<Map<String, Object>> possible = new ArrayList<>();
            for (PossiblyDelivered sent : channel.possiblyDelivered()) {
                Map<String, Object> each = message("sequence", sent.sequence(), sent.message());
                each.put("connection", sent.connection());
                possible.add(each);
            }
            object.put("possiblyDelivered", possible);
        }
        for (Exported exported : channel.exported()) {
            object.put("exportReceived", exported.received());
            object.put("exportAgeNanos", Math.max(0, nowNanos - exported.atNanos()));
            object.put(
                    "aggregates",
                    exported.values().stream().map(String::valueOf).toList());
            object.put("aggregateBytes", aggregates(exported.values()));
        }
        return object;
    }

    private List<String> aggregates(List<Object> values) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            Object value = values.get(index);
            AggregateDescription<S, ?> aggregate = machine.aggregates().get(index);
            texts.add(hex(out -> writeAggregate(aggregate, value, out)));
        }
        return texts;
    }

    @SuppressWarnings("unchecked") // the values are in the order of the aggregates
    private static <V> void writeAggregate(AggregateDescription<?, V> aggregate, Object value, StateWriter out) {
        aggregate.write((V) value, out);
    }

    /** @throws IOException when the object is no node of this protocol */
    SystemSnapshot.Known<S> read(JsonObject object) throws IOException {
        List<Object> parameters = parameters(object);
        S like = decoded("parameters", () -> machine.create(parameters));
        NodeId node = object.node("node");
        List<Event.Delivery> deferred = new ArrayList<>();
        for (JsonObject each : object.objects("deferred")) {
            deferred.add(new Event.Delivery(each.node("from"), message(each)));
        }
        SortedMap<NodeId, ChannelCheckpoint> channels = new TreeMap<>();
        for (JsonObject each : object.objects("channels")) {
            channels.put(each.node("peer"), channel(each));
        }
        return new SystemSnapshot.Known<>(
                parameters,
                new Checkpoint<>(
                        node,
                        object.natural("checkpoint"),
                        bytes("bytes", object.text("bytes"), in -> machine.read(in, like)),
                        timers(object.object("timers")),
                        deferred,
                        channels,
                        number(object, "connections")));
    }

    private List<Object> parameters(JsonObject object) throws IOException {
        SortedMap<String, String> texts = object.textsByName("parameters");
        return decoded("parameters", () -> ParameterValues.read(machine.parameters(), texts));
    }

    private SortedMap<String, Long> timers(JsonObject object) throws IOException {
        SortedMap<String, Long> timers = new TreeMap<>();
        for (String name : object.values().keySet()) {
            if (!machine.timers().contains(name)) {
                throw new IOException(
                        machine.protocol() + " has no timer '" + name + "'; its timers are " + machine.timers());
            }
            timers.put(name, object.natural(name));
        }
        return timers;
    }

    private Object message(JsonObject object) throws IOException {
        return bytes("bytes", object.text("bytes"), machine::readMessage);
    }

    private ChannelCheckpoint channel(JsonObject object) throws IOException {
        long sent = object.natural("sent");
        List<SentMessage> log = new ArrayList<>();
        long last = 0;
        for (JsonObject each : object.objects("log")) {
            long sequence = each.natural("sequence");
            if (sequence <= last || sequence > sent) {
                throw new IOException(
                        "'sequence' is to be above " + last + " and at most " + sent + ", not " + sequence);
            }
            last = sequence;
            log.add(new SentMessage(sequence, message(each)));
        }
        List<PossiblyDelivered> possible = new ArrayList<>();
        for (JsonObject each : object.objects("possiblyDelivered")) {
            possible.add(new PossiblyDelivered(each.natural("connection"), each.natural("sequence"), message(each)));
        }
        return new ChannelCheckpoint(
                sent,
                object.natural("received"),
                log,
                exported(object),
                number(object, "connection"),
                number(object, "peerConnection"),
                possible);
    }

    /** A number that files of before it do not have. */
    private static long number(JsonObject object, String name) throws IOException {
        return object.values().containsKey(name) ? object.natural(name) : 0;
    }

    private List<Exported> exported(JsonObject object) throws IOException {
        if (!object.values().containsKey("exportReceived")) {
            return List.of();
        }
        List<String> texts = object.texts("aggregateBytes");
        List<AggregateDescription<S, ?>> aggregates = machine.aggregates();
        if (texts.size() != aggregates.size()) {
            throw new IOException(
                    "'aggregateBytes' has " + texts.size() + " values where the protocol has " + aggregates.size());
        }
        List<Object> values = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            values.add(bytes("aggregateBytes", texts.get(index), aggregates.get(index)::read));
        }
        long atNanos = nowNanos - object.natural("exportAgeNanos");
        return List.of(new Exported(object.natural("exportReceived"), values, atNanos));
    }

    private static <T> T bytes(String name, String hex, Function<StateReader, T> reading) throws IOException {
        return decoded(name, () -> {
            StateReader in = new StateReader(HEX.parseHex(hex));
            T value = reading.apply(in);
            in.expectEnd();
            return value;
        });
    }

    /** Whatever an author's type refuses is the file's mistake. */
    private static <T> T decoded(String name, Supplier<T> decoding) throws IOException {
        try {
            return decoding.get();
        } catch (RuntimeException refused) {
            throw new IOException("'" + name + "' does not fit the protocol: " + refused.getMessage(), refused);
        }
    }
}
