package dev.foresail.choice.sample;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnPhase;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Phase;
import dev.foresail.choice.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks for opinions and, once a majority has one, has all of those who have answered do something. */
@Protocol("canvass")
public final class Canvass {
    public record Question(String topic) {}

    /** @param supporters a collection, so that what is answered has to be copied on its way */
    public record Opinion(SortedSet<NodeId> supporters) {}

    public record Order(String topic) {}

    public sealed interface Reply permits Done, Refused {}

    public record Done() implements Reply {}

    public record Refused(String why) implements Reply {}

    public record Wake() {}

    final Duration patience;

    public final SortedSet<NodeId> others = new TreeSet<>();
    public final SortedSet<NodeId> supporters = new TreeSet<>();
    public final List<String> events = new ArrayList<>();
    public boolean isAsleep;

    public final Phase<Question, Opinion> opinions = new Phase<>();

    @Durable
    public final Phase<Order, Reply> orders = new Phase<>();

    public Canvass(@Default("5s") Duration patience) {
        this.patience = patience;
    }

    boolean isAwake() {
        return !isAsleep;
    }

    @OnCall
    void ask(String topic) {
        opinions.begin(new Question(topic), others);
    }

    @OnCall
    void giveUp() {
        opinions.stop();
    }

    /** Whoever sleeps answers later, and on what is secret nobody answers. */
    @SuppressWarnings("NullAway")
    @OnMessage(when = "isAwake", otherwise = Otherwise.DEFER)
    Opinion opinion(Question question, @From NodeId from, Node node) {
        node.note("asked by " + from);
        return question.topic().equals("secret") ? null : new Opinion(supporters);
    }

    @OnMessage
    void wake(Wake wake) {
        isAsleep = false;
    }

    @OnPhase(of = "opinions", until = "majority", deadline = "patience", otherwise = "tooFew")
    void heard(Question asked, SortedMap<NodeId, Opinion> answers, Node node) {
        events.add("heard " + asked.topic() + " " + answers.keySet());
        orders.begin(new Order(asked.topic()), answers.keySet());
    }

    void tooFew(SortedMap<NodeId, Opinion> answers) {
        events.add("too few " + answers.keySet());
    }

    @OnMessage
    Reply obey(Order order) {
        return order.topic().equals("war") ? new Refused("no") : new Done();
    }

    boolean isSettled(SortedMap<NodeId, Reply> answers, Order asked) {
        return answers.containsValue(new Refused("no"))
                || answers.size() == orders.state().size();
    }

    @OnPhase(of = "orders", until = "isSettled", otherwise = "settled")
    void settled(SortedMap<NodeId, Reply> answers) {
        events.add("settled " + answers);
    }
}
