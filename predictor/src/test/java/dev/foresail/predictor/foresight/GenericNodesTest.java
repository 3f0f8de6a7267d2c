package dev.foresail.predictor.foresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.fixture.Automaton;
import dev.foresail.predictor.fixture.AutomatonMachine;
import dev.foresail.predictor.fixture.Cistern;
import dev.foresail.predictor.fixture.Cistern.Water;
import dev.foresail.predictor.fixture.CisternMachine;
import dev.foresail.predictor.model.Answers;
import dev.foresail.predictor.model.Latencies;
import dev.foresail.predictor.model.SystemModel;
import dev.foresail.predictor.node.Checkpoint;
import dev.foresail.predictor.node.Checkpoint.ChannelCheckpoint;
import dev.foresail.predictor.search.SearchKind;
import dev.foresail.predictor.search.SearchResources;
import dev.foresail.predictor.search.SearchSettings;
import dev.foresail.predictor.snapshot.SystemSnapshot;
import dev.foresail.predictor.trace.Replay;
import dev.foresail.predictor.trace.Trace;
import dev.foresail.predictor.trace.TraceFile;
import dev.foresail.predictor.trace.TraceStep;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A cistern with room for 10 litres pipes water to one that it knows by name only, and which may pipe some back. */
final class GenericNodesTest {
    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId UNKNOWN = NodeId.of(9);
    private static final SearchSettings SETTINGS = SearchSettings.DEFAULT
            .withKind(SearchKind.CONSEQUENCE)
            .withMaxWorlds(1_000)
            .withMaxDepth(12)
            .beyondViolations();

    /** What the application asks for. */
    private static final Event.Call PIPE = new Event.Call("pipe", List.of(UNKNOWN, 1));

    private static final Event.Call PIPE_MORE = new Event.Call("pipe", List.of(UNKNOWN, 2));

    private final CisternMachine machine = new CisternMachine();

    private static <S> SystemSnapshot<S> alone(
            S state, List<Object> parameters, Map<NodeId, ChannelCheckpoint> channels) {
        Checkpoint<S> own = new Checkpoint<>(SELF, 1, state, new TreeMap<>(), List.of(), new TreeMap<>(channels));
        return new SystemSnapshot<>(0, new TreeMap<>(Map.of(SELF, new SystemSnapshot.Known<>(parameters, own))));
    }

    private static SystemSnapshot<Cistern> holding(int litres) {
        return alone(Cistern.with(litres), List.of(), Map.of());
    }

    /** Somebody else was seen to pipe back so much. */
    private List<Answers.Seen> seen(int litres) {
        return List.of(Answers.Seen.of(machine, Water.class, SELF, NodeId.of(2), new Water(litres)));
    }

    private Outlook<Cistern> outlook(int answers) {
        return new Outlook<>(machine, List.of(), Assumptions.NOTHING_FAILS.withAnswers(answers));
    }

    private Foreseen look(int answers, int litres, List<Event.Call> calls, List<Answers.Seen> seen) {
        return new Foresight<>(outlook(answers), SELF, SETTINGS, SearchResources.of(Runnable::run))
                .look(holding(litres), List.of(), calls, seen);
    }

    @Test
    void anUnknownNodeMayAnswerAsOthersDid() {
        Foreseen foreseen = look(1, 6, List.of(PIPE), seen(5));
        assertEquals(List.of(), foreseen.dangers(), "nothing is certain");
        assertEquals(1, foreseen.possible().size());
        Danger possible = foreseen.possible().get(0);
        assertEquals("isNotRunningOver", possible.property());
        assertFalse(possible.isAvoidable(), "nobody is turned away on account of a guess");
        assertEquals(
                List.of("n1 call pipe[n9, 1]", "n1 receives Water[litres=5] from n9"),
                possible.trace().steps().stream()
                        .map(step -> step.happening().text())
                        .toList());
    }

    @Test
    void nothingIsGuessedThatNobodyWasSeenToAnswer() {
        assertEquals(List.of(), look(1, 6, List.of(PIPE), List.of()).possible());
        assertEquals(List.of(), look(1, 6, List.of(PIPE), seen(4)).possible(), "there is room for what was seen");
        assertEquals(List.of(), look(0, 6, List.of(PIPE), seen(5)).possible(), "it is not reckoned with");
        assertEquals(List.of(), look(1, 6, List.of(), seen(5)).possible(), "nobody is asked anything");
    }

    @Test
    void onAPathThereAreNoMoreAnswersThanAreReckonedWith() {
        List<Event.Call> twice = List.of(PIPE, PIPE_MORE);
        assertEquals(List.of(), look(1, 4, twice, seen(4)).possible());
        assertEquals(1, look(2, 4, twice, seen(4)).possible().size());
    }

    /** Each answered in one of two ways, hundreds would be more worlds than anybody can look at. */
    @Test
    void ofManyMessagesInOneStepOnlyTheFirstAreAnswered() {
        List<Answers.Seen> several = new ArrayList<>(seen(4));
        several.addAll(seen(5));
        Foreseen foreseen = look(1, 6, List.of(new Event.Call("drip", List.of(UNKNOWN, 500))), several);
        assertEquals(1, foreseen.possible().size());
        assertTrue(foreseen.worlds() < 100, () -> foreseen.worlds() + " worlds");
    }

    @Test
    void whatIsCertainIsNotHiddenByAGuess() {
        Event.Call pour = new Event.Call("pour", List.of(3));
        Event.Call pourMore = new Event.Call("pour", List.of(4));
        Foreseen foreseen = look(1, 4, List.of(PIPE, pour, pourMore), seen(7));
        assertEquals(1, foreseen.dangers().size());
        assertTrue(foreseen.dangers().get(0).isAvoidable());
        assertEquals(List.of(), foreseen.possible());
    }

    @Test
    void aPathWithAGuessIsWrittenReadAndGoneAlongAgain() throws IOException {
        Danger possible = look(1, 6, List.of(PIPE), seen(5)).possible().get(0);
        StringWriter text = new StringWriter();
        TraceFile.write(possible.trace(), text);
        Trace read = TraceFile.read(new StringReader(text.toString()));
        SystemModel<Cistern> model =
                outlook(1).guessing(holding(6), List.of(PIPE), 12, seen(5)).orElseThrow();
        assertTrue(Replay.of(model, read).run().isViolated());
    }

    @Test
    void ofSeveralAnswersATraceTellsWhichOneItIs() {
        List<Answers.Seen> several = new ArrayList<>(seen(4));
        several.addAll(seen(5));
        Danger possible = look(1, 6, List.of(PIPE), several).possible().get(0);
        assertEquals(
                List.of(new TraceStep.Decided(1, "n9 answers Water[litres=5]")),
                possible.trace().steps().get(0).happening().decisions());
    }

    @Test
    void nothingIsKnownOfWhenAnswersCome() {
        SystemModel.Builder<Cistern> model = SystemModel.of(machine)
                .nodes(1)
                .answers(new Answers(new TreeSet<>(List.of(UNKNOWN)), seen(5)))
                .timed(Latencies.between(0, 1));
        assertThrows(IllegalArgumentException.class, model::build);
    }

    @Test
    void anAnswerNamesTheNodesThatItIsBetween() {
        AutomatonMachine automata = new AutomatonMachine();
        Automaton.Pong seen = new Automaton.Pong(3, new TreeSet<>(List.of(SELF, NodeId.of(2), NodeId.of(5))));
        Answers answers = new Answers(
                new TreeSet<>(List.of(UNKNOWN)),
                List.of(Answers.Seen.of(automata, Automaton.Ping.class, SELF, NodeId.of(2), seen)));
        assertEquals(
                List.of(new Automaton.Pong(3, new TreeSet<>(List.of(NodeId.of(4), NodeId.of(5), UNKNOWN)))),
                answers.to(automata, NodeId.of(4), UNKNOWN, new Automaton.Ping(0)));
        assertEquals(List.of(), answers.to(automata, SELF, UNKNOWN, new Automaton.Later(0)));
        assertEquals(List.of(), answers.to(automata, SELF, NodeId.of(3), new Automaton.Ping(0)));
    }

    @Test
    void whoeverIsNamedAndNotKnownMayAnswer() {
        AutomatonMachine automata = new AutomatonMachine();
        List<Object> parameters = new ArrayList<>(List.of(".".repeat(1_000), 2, 1, 99));
        Automaton state = automata.create(parameters).inPhase(0, SELF, NodeId.of(3));
        SystemSnapshot<Automaton> snapshot =
                alone(state, parameters, Map.of(NodeId.of(4), new ChannelCheckpoint(1, 1, List.of(), List.of())));
        assertEquals(
                new TreeSet<>(List.of(NodeId.of(3), NodeId.of(4), UNKNOWN)),
                NamedNodes.unknown(automata, snapshot, List.of(PIPE), 12));
        for (int id = 100; id < 300; id++) {
            state.inPhase(0, NodeId.of(id));
        }
        SortedSet<NodeId> many = NamedNodes.unknown(automata, snapshot, List.of(), 12);
        assertEquals(64, many.size(), "nobody makes this long by naming nodes");
        assertEquals(NodeId.of(3), many.first());
    }
}
