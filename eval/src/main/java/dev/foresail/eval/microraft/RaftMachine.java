package dev.foresail.eval.microraft;

import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.machine.AggregateDescription;
import dev.foresail.choice.machine.Alternative;
import dev.foresail.choice.machine.CallDescription;
import dev.foresail.choice.machine.DeclaredProperty;
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
import dev.foresail.eval.microraft.GroupJudge.Promise;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * MicroRaft as a machine that the simulator can run, written by hand: a running Raft node is no state that could be annotated, as it can
 * be neither copied nor encoded. So it can be simulated, in place, with every fault, and neither explored nor looked ahead with.
 *
 * <p>A crash is a loss of power: what was not flushed is gone. Raft's promises are its safety properties.
 */
final class RaftMachine implements Machine<Member> {
    private static final int START = 0;
    private static final int RESTART = 1;
    private static final int RECEIVE = 2;
    private static final int WAKE = 3;

    private static final List<String> TIMERS = List.of(RaftHost.TIMER);

    private static final List<HandlerDescription> HANDLERS = List.of(
            new HandlerDescription("start", "", List.of()),
            new HandlerDescription("restart", "", List.of()),
            new HandlerDescription("receive", "", List.of()),
            new HandlerDescription("wake", "", List.of()));

    private static final List<List<Alternative>> ALTERNATIVES = List.of(
            List.of(Alternative.of(START)),
            List.of(Alternative.of(RESTART)),
            List.of(Alternative.of(RECEIVE)),
            List.of(Alternative.of(WAKE)));

    private static final List<PropertyDescription<Member>> PROPERTIES = Arrays.stream(Promise.values())
            .<PropertyDescription<Member>>map(promise -> DeclaredProperty.atEachNode(
                    promise.label(),
                    PropertyDescription.Kind.SAFETY,
                    Optional.empty(),
                    (member, self) -> member.keeps(promise, self)))
            .toList();

    @Override
    public String protocol() {
        return "microraft";
    }

    @Override
    public long schema() {
        return 1;
    }

    @Override
    public Class<Member> stateType() {
        return Member.class;
    }

    /** None that could be given as text: {@link #create} takes the {@link Deployment}. */
    @Override
    public List<ParameterDescription> parameters() {
        return List.of();
    }

    @Override
    public Member create(List<Object> parameterValues) {
        return Member.fresh((Deployment) parameterValues.get(0));
    }

    @Override
    public Member copy(Member state) {
        throw inPlaceOnly();
    }

    private static UnsupportedOperationException inPlaceOnly() {
        return new UnsupportedOperationException("a running MicroRaft node can be neither copied nor encoded");
    }

    @Override
    public Member restarted(Member state) {
        return state.afterPowerLoss();
    }

    @Override
    public void write(Member state, StateWriter out) {
        throw inPlaceOnly();
    }

    @Override
    public Member read(StateReader in, Member like) {
        throw inPlaceOnly();
    }

    @Override
    public String describe(Member state) {
        return state.toString();
    }

    @Override
    public List<FieldValue> values(Member state) {
        return List.of(new FieldValue("member", state.toString()));
    }

    @Override
    public List<Class<? extends Record>> messageTypes() {
        return List.of(Carried.class);
    }

    @Override
    public int messageTag(Object message) {
        return message instanceof Carried ? 0 : -1;
    }

    @Override
    public void writeMessage(Object message, StateWriter out) {
        MessageBytes.write(((Carried) message).message(), out);
    }

    @Override
    public Object readMessage(StateReader in) {
        throw inPlaceOnly();
    }

    @Override
    public Object freeze(Object message) {
        EventRules.checkSend(this, message);
        return message;
    }

    @Override
    public List<Object> freezeArguments(String call, List<Object> arguments) {
        return arguments;
    }

    @Override
    public List<String> timers() {
        return TIMERS;
    }

    @Override
    public List<CallDescription> calls() {
        return List.of();
    }

    @Override
    public List<HandlerDescription> handlers() {
        return HANDLERS;
    }

    /** MicroRaft hears of no connections. */
    @Override
    public boolean handlesConnectionErrors() {
        return false;
    }

    @Override
    public Otherwise otherwise(Object message) {
        return Otherwise.ERROR;
    }

    @Override
    public List<Alternative> alternatives(Member state, Event event, Node node) {
        int handler = handlerOf(event);
        return handler < 0 ? List.of() : ALTERNATIVES.get(handler);
    }

    private static int handlerOf(Event event) {
        if (event instanceof Event.Delivery) {
            return RECEIVE;
        }
        if (event instanceof Event.TimerFired) {
            return WAKE;
        }
        return event instanceof Event.Start ? START : event instanceof Event.Restart ? RESTART : -1;
    }

    @Override
    public void run(Member state, Event event, Alternative alternative, Node node) {
        if (event instanceof Event.Delivery delivery) {
            state.receive((Carried) delivery.message(), node);
        } else if (event instanceof Event.TimerFired) {
            state.wake(node);
        } else {
            state.start(node);
        }
    }

    @Override
    public Optional<Collection<NodeId>> neighbours(Member state) {
        return Optional.of(List.of());
    }

    @Override
    public List<AggregateDescription<Member, ?>> aggregates() {
        return List.of();
    }

    @Override
    public List<MetricDescription<Member>> metrics() {
        return List.of();
    }

    @Override
    public List<PropertyDescription<Member>> properties() {
        return PROPERTIES;
    }
}
