package dev.foresail.predictor.campaign;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.AggregateValues;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.Crossing;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.FieldValue;
import dev.foresail.choice.machine.HandlerDescription;
import dev.foresail.choice.machine.Handover;
import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.MetricDescription;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.choice.machine.Receivers;
import dev.foresail.choice.machine.ServiceDescription;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.machine.StepEnd;
import dev.foresail.choice.machine.TimeOutDescription;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A machine that notes which handlers are asked and run, and does everything else as another one. So only who wants to know pays for it. Not
 * thread-safe.
 */
final class CoveringMachine<S> implements Machine<S> {
    private final Machine<S> machine;
    private final Coverage coverage;
    private final StateClasses<S> classes;

    CoveringMachine(Machine<S> machine, Coverage coverage) {
        this.machine = machine;
        this.coverage = coverage;
        this.classes = new StateClasses<>(machine);
    }

    @Override
    public List<Alternative> alternatives(S state, Event event, Node node) {
        List<Alternative> alternatives = machine.alternatives(state, event, node);
        coverage.asked(event, alternatives);
        if (!classes.isOne()) {
            coverage.met(classes.of(state), event);
        }
        return alternatives;
    }

    @Override
    public void run(S state, Event event, Alternative alternative, Node node) {
        coverage.ran(event, alternative);
        machine.run(state, event, alternative, new CoveringNode(node, machine.protocol(), coverage));
    }

    @Override
    public void handle(S state, Event event, Alternative alternative, Node node) {
        coverage.ran(event, alternative);
        machine.handle(state, event, alternative, new CoveringNode(node, machine.protocol(), coverage));
    }

    @Override
    public Optional<StepEnd<S>> stepEnd() {
        return machine.stepEnd();
    }

    @Override
    public String protocol() {
        return machine.protocol();
    }

    @Override
    public long schema() {
        return machine.schema();
    }

    @Override
    public Class<S> stateType() {
        return machine.stateType();
    }

    @Override
    public List<ParameterDescription> parameters() {
        return machine.parameters();
    }

    @Override
    public S create(List<Object> parameterValues) {
        return machine.create(parameterValues);
    }

    @Override
    public S copy(S state) {
        return machine.copy(state);
    }

    @Override
    public List<Class<?>> protocolTypes() {
        return machine.protocolTypes();
    }

    @Override
    public List<String> messageNames() {
        return machine.messageNames();
    }

    @Override
    public String kind(Event event) {
        return machine.kind(event);
    }

    @Override
    public String choiceName(String name) {
        return machine.choiceName(name);
    }

    @Override
    public Optional<ServiceDescription> provides() {
        return machine.provides();
    }

    @Override
    public List<ServiceDescription> uses() {
        return machine.uses();
    }

    @Override
    public void bind(S state, List<?> below, Receivers above, Handover records) {
        machine.bind(state, below, above, records);
    }

    @Override
    public Object downcalls(S state, Crossing crossing) {
        return machine.downcalls(state, crossing);
    }

    @Override
    public Object upcalls(S state, int service, Supplier<Node> node, Handover records) {
        return machine.upcalls(state, service, node, records);
    }

    @Override
    public boolean sendsDatagrams() {
        return machine.sendsDatagrams();
    }

    @Override
    public boolean isDatagram(int tag) {
        return machine.isDatagram(tag);
    }

    @Override
    public boolean isDatagram(Object message) {
        return machine.isDatagram(message);
    }

    @Override
    public boolean hasUrgentMessages() {
        return machine.hasUrgentMessages();
    }

    @Override
    public boolean isUrgent(int tag) {
        return machine.isUrgent(tag);
    }

    @Override
    public boolean isUrgent(Object message) {
        return machine.isUrgent(message);
    }

    @Override
    public Optional<Record> carried(Object message) {
        return machine.carried(message);
    }

    @Override
    public boolean usesConnections() {
        return machine.usesConnections();
    }

    @Override
    public List<TimeOutDescription> timeOuts(S state) {
        return machine.timeOuts(state);
    }

    @Override
    public boolean isFrozen(int tag) {
        return machine.isFrozen(tag);
    }

    @Override
    public Object freeze(Object message, UnaryOperator<Record> records) {
        return machine.freeze(message, records);
    }

    @Override
    public boolean imagines() {
        return machine.imagines();
    }

    @Override
    public void imagine(S state, NodeId from, AggregateValues aggregates, Node node) {
        machine.imagine(state, from, aggregates, node);
    }

    @Override
    public S restarted(S state) {
        return machine.restarted(state);
    }

    @Override
    public S recovered(S state) {
        return machine.recovered(state);
    }

    @Override
    public S torn(S newer, S older, IntPredicate isNewer) {
        return machine.torn(newer, older, isNewer);
    }

    @Override
    public void write(S state, StateWriter out) {
        machine.write(state, out);
    }

    @Override
    public S read(StateReader in, S like) {
        return machine.read(in, like);
    }

    @Override
    public String describe(S state) {
        return machine.describe(state);
    }

    @Override
    public List<FieldValue> values(S state) {
        return machine.values(state);
    }

    @Override
    public boolean hasStableFields() {
        return machine.hasStableFields();
    }

    @Override
    public S blank(S like) {
        return machine.blank(like);
    }

    @Override
    public boolean hasSameStable(S one, S other) {
        return machine.hasSameStable(one, other);
    }

    @Override
    public boolean hasNewStable(S from, S into) {
        return machine.hasNewStable(from, into);
    }

    @Override
    public void mergeStable(S from, S into) {
        machine.mergeStable(from, into);
    }

    @Override
    public void writeStable(S state, StateWriter out) {
        machine.writeStable(state, out);
    }

    @Override
    public S readStable(StateReader in, S like) {
        return machine.readStable(in, like);
    }

    @Override
    public List<Class<? extends Record>> messageTypes() {
        return machine.messageTypes();
    }

    @Override
    public int messageTag(Object message) {
        return machine.messageTag(message);
    }

    @Override
    public void writeMessage(Object message, StateWriter out) {
        machine.writeMessage(message, out);
    }

    @Override
    public Object readMessage(StateReader in) {
        return machine.readMessage(in);
    }

    @Override
    public Object freeze(Object message) {
        return machine.freeze(message);
    }

    @Override
    public List<Object> freezeArguments(String call, List<Object> arguments) {
        return machine.freezeArguments(call, arguments);
    }

    @Override
    public List<String> timers() {
        return machine.timers();
    }

    @Override
    public List<CallDescription> calls() {
        return machine.calls();
    }

    @Override
    public boolean writesCalls() {
        return machine.writesCalls();
    }

    @Override
    public void writeCall(Event.Call call, StateWriter out) {
        machine.writeCall(call, out);
    }

    @Override
    public Event.Call readCall(StateReader in) {
        return machine.readCall(in);
    }

    @Override
    public List<HandlerDescription> handlers() {
        return machine.handlers();
    }

    @Override
    public boolean handlesSuspicions() {
        return machine.handlesSuspicions();
    }

    @Override
    public boolean handlesConnectionErrors() {
        return machine.handlesConnectionErrors();
    }

    @Override
    public Otherwise otherwise(Object message) {
        return machine.otherwise(message);
    }

    @Override
    public Optional<Collection<NodeId>> neighbours(S state) {
        return machine.neighbours(state);
    }

    @Override
    public List<AggregateDescription<S, ?>> aggregates() {
        return machine.aggregates();
    }

    @Override
    public List<MetricDescription<S>> metrics() {
        return machine.metrics();
    }

    @Override
    public List<PropertyDescription<S>> properties() {
        return machine.properties();
    }
}
