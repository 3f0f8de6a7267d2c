package dev.foresail.choice.stack;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.machine.TimeOutDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * A machine of machines: a node that runs several protocols as layers, each using services of those below it. Engines see one machine;
 * an event and all calls between layers that it leads to are one atomic step. Immutable, thread-safe.
 *
 * <p>Idea: everything that an engine asks of a machine is asked of the layers and put together, and a layer's handle is the engine's
 * with the layer's names. Trade-off: a call between layers costs some 20 ns more than a plain one, and a copy makes objects by which
 * layers call each other. Names of messages, timers, calls, parameters, aggregates, metrics, properties and handlers are those of the layer where
 * only one layer has them, else with the layer's name in front ({@code chord.stabilise}).
 */
public final class StackMachine implements Machine<Stack> {
    /** Stands between the layers' names in a stack's. */
    public static final String SEPARATOR = "/";

    private final Wiring wiring;
    private final String protocol;
    private final long schema;
    private final Events events;
    private final Knowledge knowledge;
    private final UnaryOperator<Record> records = this::frozen;
    private final List<ParameterDescription> parameters;
    private final List<CallDescription> calls;
    private final List<Class<? extends Record>> messageTypes;
    private final List<String> messageNames;
    private final int[] firstTags;
    private final boolean hasStableFields;
    private final boolean handlesSuspicions;
    private final boolean handlesConnectionErrors;
    private final boolean sendsDatagrams;
    private final boolean hasUrgentMessages;
    private final List<String> timers;
    private final List<HandlerDescription> handlers;

    private StackMachine(Wiring wiring) {
        this.wiring = wiring;
        this.protocol = String.join(SEPARATOR, wiring.names());
        this.schema = schema(wiring);
        this.events = new Events(this, wiring);
        this.knowledge = new Knowledge(wiring);
        this.timers = wiring.timers().all();
        this.handlers = events.handlers().descriptions();
        this.firstTags = new int[wiring.size()];
        this.hasStableFields = wiring.machines().stream().anyMatch(Machine::hasStableFields);
        this.handlesSuspicions = wiring.machines().stream().anyMatch(Machine::handlesSuspicions);
        this.handlesConnectionErrors = wiring.machines().stream().anyMatch(Machine::handlesConnectionErrors);
        this.sendsDatagrams = wiring.machines().stream().anyMatch(Machine::sendsDatagrams);
        this.hasUrgentMessages = wiring.machines().stream().anyMatch(Machine::hasUrgentMessages);
        List<ParameterDescription> allParameters = new ArrayList<>();
        List<CallDescription> allCalls = new ArrayList<>();
        List<Class<? extends Record>> allMessages = new ArrayList<>();
        List<String> allMessageNames = new ArrayList<>();
        LayerNames parameterNames = wiring.names(each ->
                each.parameters().stream().map(ParameterDescription::name).toList());
        for (int layer = 0; layer < wiring.size(); layer++) {
            Machine<Object> own = wiring.machine(layer);
            firstTags[layer] = allMessages.size();
            allMessages.addAll(own.messageTypes());
            for (String each : own.messageNames()) {
                allMessageNames.add(events.messages().of(layer, each));
            }
            for (ParameterDescription each : own.parameters()) {
                String name = parameterNames.of(layer, each.name());
                allParameters.add(new ParameterDescription(name, each.type(), each.defaultText()));
            }
            for (CallDescription each : own.calls()) {
                allCalls.add(new CallDescription(events.calls().of(layer, each.name()), each.parameters()));
            }
        }
        this.parameters = List.copyOf(allParameters);
        this.calls = List.copyOf(allCalls);
        this.messageTypes = List.copyOf(allMessages);
        this.messageNames = List.copyOf(allMessageNames);
    }

    /**
     * Puts layers together.
     *
     * @param topFirst the layers' machines; those of a stack among them stand for its layers
     * @throws dev.foresail.choice.ProtocolException FS492 when a layer uses a service that none below provides, FS493 when one is there
     *     twice, FS494 when two below provide what it uses, FS495 when the one that does is above it, FS496 when a layer is used by none,
     *     FS497 when two layers have different versions of a service, FS499 for what cannot be told apart
     */
    @SuppressWarnings("unchecked") // every state that a layer is handed was made by its own machine
    public static StackMachine of(List<? extends Machine<?>> topFirst) {
        List<Machine<Object>> layers = new ArrayList<>();
        for (Machine<?> each : topFirst) {
            if (each instanceof StackMachine stack) {
                layers.addAll(stack.wiring.machines());
            } else {
                layers.add((Machine<Object>) each);
            }
        }
        return new StackMachine(Composition.of(layers));
    }

    private static long schema(Wiring wiring) {
        StateWriter out = new StateWriter();
        for (Machine<Object> each : wiring.machines()) {
            out.writeString(each.protocol());
            out.writeLong(each.schema());
        }
        return out.fingerprint();
    }

    Wiring wiring() {
        return wiring;
    }

    /** The layers' machines, the top one first. */
    public List<Machine<?>> layers() {
        return List.copyOf(wiring.machines());
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public long schema() {
        return schema;
    }

    @Override
    public Class<Stack> stateType() {
        return Stack.class;
    }

    @Override
    public List<Class<?>> protocolTypes() {
        return wiring.machines().stream()
                .flatMap(each -> each.protocolTypes().stream())
                .toList();
    }

    @Override
    public List<ParameterDescription> parameters() {
        return parameters;
    }

    /** A stack of a state for each layer. */
    private Stack each(IntFunction<Object> state) {
        Object[] states = new Object[wiring.size()];
        for (int layer = 0; layer < states.length; layer++) {
            states[layer] = state.apply(layer);
        }
        return new Stack(this, states);
    }

    @Override
    public Stack create(List<Object> parameterValues) {
        if (parameterValues.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    protocol + " takes " + parameters.size() + " parameters, not " + parameterValues);
        }
        Object[] states = new Object[wiring.size()];
        int from = 0;
        for (int layer = 0; layer < states.length; layer++) {
            int to = from + wiring.machine(layer).parameters().size();
            states[layer] = wiring.machine(layer).create(parameterValues.subList(from, to));
            from = to;
        }
        return new Stack(this, states);
    }

    @Override
    public Stack copy(Stack state) {
        return each(layer -> wiring.machine(layer).copy(state.layer(layer)));
    }

    @Override
    public Stack restarted(Stack state) {
        return each(layer -> wiring.machine(layer).restarted(state.layer(layer)));
    }

    @Override
    public Stack recovered(Stack state) {
        return each(layer -> wiring.machine(layer).recovered(state.layer(layer)));
    }

    /** Durable fields are counted through all layers, those of the top one first. */
    @Override
    public Stack torn(Stack newer, Stack older, IntPredicate isNewer) {
        int[] asked = {0};
        return each(layer -> wiring.machine(layer)
                .torn(newer.layer(layer), older.layer(layer), ignored -> isNewer.test(asked[0]++)));
    }

    @Override
    public void write(Stack state, StateWriter out) {
        writeEach(state, out, Machine::write);
    }

    private void writeEach(Stack state, StateWriter out, LayerWriter how) {
        boolean outermost = out.enterRecords(this);
        for (int layer = 0; layer < wiring.size(); layer++) {
            how.write(wiring.machine(layer), state.layer(layer), out);
        }
        if (outermost) {
            out.leaveRecords();
        }
    }

    private interface LayerWriter {
        void write(Machine<Object> machine, Object state, StateWriter out);
    }

    @Override
    public Stack read(StateReader in, Stack like) {
        boolean outermost = in.enterRecords(this);
        Stack read = each(layer -> wiring.machine(layer).read(in, like.layer(layer)));
        if (outermost) {
            in.leaveRecords();
        }
        return read;
    }

    @Override
    public String describe(Stack state) {
        List<String> parts = new ArrayList<>();
        for (int layer = 0; layer < wiring.size(); layer++) {
            parts.add(wiring.names().get(layer) + "(" + wiring.machine(layer).describe(state.layer(layer)) + ")");
        }
        return String.join(", ", parts);
    }

    @Override
    public List<FieldValue> values(Stack state) {
        List<List<FieldValue>> own = new ArrayList<>();
        for (int layer = 0; layer < wiring.size(); layer++) {
            own.add(wiring.machine(layer).values(state.layer(layer)));
        }
        LayerNames names = new LayerNames(
                wiring.names(),
                own.stream()
                        .map(values -> values.stream().map(FieldValue::name).toList())
                        .toList());
        List<FieldValue> values = new ArrayList<>();
        for (int layer = 0; layer < wiring.size(); layer++) {
            for (FieldValue each : own.get(layer)) {
                values.add(new FieldValue(names.of(layer, each.name()), each.value()));
            }
        }
        return values;
    }

    @Override
    public boolean hasStableFields() {
        return hasStableFields;
    }

    @Override
    public Stack blank(Stack like) {
        return hasStableFields() ? each(layer -> blank(layer, like)) : like;
    }

    private Object blank(int layer, Stack like) {
        Machine<Object> machine = wiring.machine(layer);
        Object own = like.layer(layer);
        Object blank = machine.blank(own);
        // One that is handed back itself would be part of two stacks.
        return blank == own ? machine.restarted(own) : blank;
    }

    @Override
    public boolean hasSameStable(Stack one, Stack other) {
        for (int layer = 0; layer < wiring.size(); layer++) {
            if (!wiring.machine(layer).hasSameStable(one.layer(layer), other.layer(layer))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean hasNewStable(Stack from, Stack into) {
        for (int layer = 0; layer < wiring.size(); layer++) {
            if (wiring.machine(layer).hasNewStable(from.layer(layer), into.layer(layer))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void mergeStable(Stack from, Stack into) {
        for (int layer = 0; layer < wiring.size(); layer++) {
            wiring.machine(layer).mergeStable(from.layer(layer), into.layer(layer));
        }
    }

    @Override
    public void writeStable(Stack state, StateWriter out) {
        writeEach(state, out, Machine::writeStable);
    }

    @Override
    public Stack readStable(StateReader in, Stack like) {
        if (!hasStableFields()) {
            return like;
        }
        boolean outermost = in.enterRecords(this);
        Stack read = each(layer -> wiring.machine(layer).hasStableFields()
                ? wiring.machine(layer).readStable(in, like.layer(layer))
                : blank(layer, like));
        if (outermost) {
            in.leaveRecords();
        }
        return read;
    }

    @Override
    public List<Class<? extends Record>> messageTypes() {
        return messageTypes;
    }

    @Override
    public List<String> messageNames() {
        return messageNames;
    }

    @Override
    public String kind(Event event) {
        int tag = event instanceof Event.Delivery delivery ? messageTag(delivery.message()) : -1;
        return tag < 0 ? event.kind() : "message " + messageNames.get(tag);
    }

    @Override
    public int messageTag(Object message) {
        int layer = wiring.layerOf(message);
        return layer < 0 ? -1 : firstTags[layer] + wiring.machine(layer).messageTag(message);
    }

    private int layerOf(Object message) {
        int layer = wiring.layerOf(message);
        if (layer < 0) {
            throw EventRules.unknownMessage(this, message);
        }
        return layer;
    }

    @Override
    public void writeMessage(Object message, StateWriter out) {
        int layer = layerOf(message);
        out.writeIndex(layer);
        boolean outermost = out.enterRecords(this);
        wiring.machine(layer).writeMessage(message, out);
        if (outermost) {
            out.leaveRecords();
        }
    }

    @Override
    public Object readMessage(StateReader in) {
        int layer = in.readIndex(wiring.size());
        boolean outermost = in.enterRecords(this);
        Object message = wiring.machine(layer).readMessage(in);
        if (outermost) {
            in.leaveRecords();
        }
        return message;
    }

    @Override
    public Object freeze(Object message) {
        return freeze(message, records);
    }

    @Override
    public Object freeze(Object message, UnaryOperator<Record> within) {
        return wiring.machine(layerOf(message)).freeze(message, within);
    }

    @Override
    public boolean isFrozen(int tag) {
        return wiring.isFrozen(messageTypes.get(tag));
    }

    @Override
    public boolean sendsDatagrams() {
        return sendsDatagrams;
    }

    @Override
    public boolean isDatagram(int tag) {
        int layer = wiring.layerOf(messageTypes.get(tag));
        return wiring.machine(layer).isDatagram(tag - firstTags[layer]);
    }

    @Override
    public boolean hasUrgentMessages() {
        return hasUrgentMessages;
    }

    @Override
    public boolean isUrgent(int tag) {
        int layer = wiring.layerOf(messageTypes.get(tag));
        return wiring.machine(layer).isUrgent(tag - firstTags[layer]);
    }

    @Override
    public boolean isUrgent(Object message) {
        Optional<Record> carried = carried(message);
        return hasUrgentMessages
                && (wiring.machine(layerOf(message)).isUrgent(message)
                        || carried.isPresent() && isUrgent(carried.get()));
    }

    @Override
    public Optional<Record> carried(Object message) {
        return wiring.machine(layerOf(message)).carried(message);
    }

    @Override
    public boolean usesConnections() {
        return wiring.machines().stream().anyMatch(Machine::usesConnections);
    }

    @Override
    public List<TimeOutDescription> timeOuts(Stack state) {
        return knowledge.timeOuts(state);
    }

    private Record frozen(Record record) {
        return (Record) freeze(record);
    }

    @Override
    public List<Object> freezeArguments(String call, List<Object> arguments) {
        return events.calls()
                .find(call)
                .map(local -> wiring.machine(local.layer()).freezeArguments(local.name(), arguments))
                .orElse(arguments);
    }

    @Override
    public List<String> timers() {
        return timers;
    }

    @Override
    public List<CallDescription> calls() {
        return calls;
    }

    @Override
    public boolean writesCalls() {
        return !calls.isEmpty()
                && wiring.machines().stream().allMatch(each -> each.calls().isEmpty() || each.writesCalls());
    }

    @Override
    public void writeCall(Event.Call call, StateWriter out) {
        LayerNames.Local local =
                events.calls().find(call.name()).orElseThrow(() -> EventRules.unknownCall(this, call.name()));
        out.writeIndex(local.layer());
        wiring.machine(local.layer()).writeCall(new Event.Call(local.name(), call.arguments()), out);
    }

    @Override
    public Event.Call readCall(StateReader in) {
        int layer = in.readIndex(wiring.size());
        if (!wiring.machine(layer).writesCalls()) {
            throw new EncodingException("'" + wiring.names().get(layer) + "' has no calls");
        }
        Event.Call call = wiring.machine(layer).readCall(in);
        return new Event.Call(events.calls().of(layer, call.name()), call.arguments());
    }

    @Override
    public List<HandlerDescription> handlers() {
        return handlers;
    }

    @Override
    public boolean handlesSuspicions() {
        return handlesSuspicions;
    }

    @Override
    public boolean handlesConnectionErrors() {
        return handlesConnectionErrors;
    }

    @Override
    public Otherwise otherwise(Object message) {
        return wiring.machine(layerOf(message)).otherwise(message);
    }

    @Override
    public List<Alternative> alternatives(Stack state, Event event, Node node) {
        return events.alternatives(state, event, node);
    }

    @Override
    public void run(Stack state, Event event, Alternative alternative, Node node) {
        events.run(state, event, alternative, node);
    }

    @Override
    public Optional<Collection<NodeId>> neighbours(Stack state) {
        return knowledge.neighbours(state);
    }

    @Override
    public List<AggregateDescription<Stack, ?>> aggregates() {
        return knowledge.aggregates();
    }

    @Override
    public List<MetricDescription<Stack>> metrics() {
        return knowledge.metrics();
    }

    @Override
    public List<PropertyDescription<Stack>> properties() {
        return knowledge.properties();
    }

    /** As the layer that makes the choice has named it. */
    @Override
    public String choiceName(String name) {
        return name;
    }
}
