package dev.foresail.eval.register.paxos;

import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.eval.register.RegisterClient;
import dev.foresail.eval.register.RegisterMessages.Get;
import dev.foresail.eval.register.RegisterMessages.GetOk;
import dev.foresail.eval.register.RegisterMessages.Put;
import dev.foresail.eval.register.RegisterMessages.PutOk;
import dev.foresail.eval.register.RegisterSystem;
import dev.foresail.eval.register.paxos.PaxosMessages.Accept;
import dev.foresail.eval.register.paxos.PaxosMessages.Accepted;
import dev.foresail.eval.register.paxos.PaxosMessages.Decided;
import dev.foresail.eval.register.paxos.PaxosMessages.Prepare;
import dev.foresail.eval.register.paxos.PaxosMessages.Prepared;
import dev.foresail.eval.register.paxos.PaxosMessages.Proposal;
import dev.foresail.eval.register.paxos.PaxosMessages.Vote;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The servers agree on one write with single-decree Paxos; each is proposer and acceptor. A read is answered where the
 * decision is known. After the paxos example of Stateright.
 *
 * <p>Nothing is handled that would change nothing: what comes too late stays without an effect.
 */
@Protocol("register-paxos")
public final class PaxosRegister {
    final int servers;
    /** What a client writes; empty: a server. */
    final String letter;

    RegisterClient client = RegisterClient.NONE;

    Ballot ballot = new Ballot(0, NodeId.of(0));
    /** What this server proposes. */
    Optional<Proposal> proposal = Optional.empty();
    /** Who has promised, with its vote so far. */
    final SortedMap<NodeId, Optional<Vote>> prepares = new TreeMap<>();
    /** Who has voted for the proposal. */
    final SortedSet<NodeId> accepts = new TreeSet<>();
    /** This server's own vote. */
    Optional<Vote> accepted = Optional.empty();

    boolean decided;

    public PaxosRegister(@Default("3") int servers, @Default("") String letter) {
        this.servers = servers;
        this.letter = letter;
    }

    // the client

    @OnStart
    void start(Node node) {
        if (!letter.isEmpty()) {
            client = RegisterClient.writing(letter, servers, node);
        }
    }

    boolean awaitsWrite(PutOk answer) {
        return client.awaits(answer.id());
    }

    @OnMessage(when = "awaitsWrite", otherwise = Otherwise.DROP)
    void read(PutOk answer, Node node) {
        client = client.reading(servers, node);
    }

    boolean awaitsRead(GetOk answer) {
        return client.awaits(answer.id());
    }

    @OnMessage(when = "awaitsRead", otherwise = Otherwise.DROP)
    void finish(GetOk answer) {
        client = client.done();
    }

    // the server

    boolean isDecided() {
        return decided;
    }

    boolean hasProposal() {
        return proposal.isPresent();
    }

    @OnMessage(
            when = {"!isDecided", "!hasProposal"},
            otherwise = Otherwise.DROP)
    void put(Put request, @From NodeId from, Node node) {
        proposal = Optional.of(new Proposal(request.id(), from, request.value()));
        prepares.clear();
        prepares.put(node.self(), accepted);
        accepts.clear();
        ballot = new Ballot(ballot.round() + 1, node.self());
        RegisterSystem.tellOthers(new Prepare(ballot), servers, node);
    }

    @OnMessage(when = "isDecided", otherwise = Otherwise.DROP)
    void get(Get request, @From NodeId from, Node node) {
        accepted.ifPresent(
                vote -> node.send(from, new GetOk(request.id(), vote.proposal().value())));
    }

    boolean isNewer(Prepare prepare) {
        return prepare.ballot().compareTo(ballot) > 0;
    }

    @OnMessage(
            when = {"!isDecided", "isNewer"},
            otherwise = Otherwise.DROP)
    void promise(Prepare prepare, @From NodeId from, Node node) {
        ballot = prepare.ballot();
        node.send(from, new Prepared(ballot, accepted));
    }

    boolean isPromisedToThis(Prepared promise) {
        return promise.ballot().equals(ballot);
    }

    @OnMessage(
            when = {"!isDecided", "isPromisedToThis"},
            otherwise = Otherwise.DROP)
    void count(Prepared promise, @From NodeId from, Node node) {
        prepares.put(from, promise.last());
        if (prepares.size() == RegisterSystem.majority(servers)) {
            proposal = prepares.values().stream()
                    .flatMap(Optional::stream)
                    .max(Comparator.comparing(Vote::ballot))
                    .map(Vote::proposal)
                    .or(() -> proposal);
            Vote own = new Vote(ballot, proposal.orElseThrow());
            accepted = Optional.of(own);
            accepts.add(node.self());
            RegisterSystem.tellOthers(new Accept(own), servers, node);
        }
    }

    boolean isNotOlder(Accept request) {
        return request.vote().ballot().compareTo(ballot) >= 0;
    }

    @OnMessage(
            when = {"!isDecided", "isNotOlder"},
            otherwise = Otherwise.DROP)
    void vote(Accept request, @From NodeId from, Node node) {
        ballot = request.vote().ballot();
        accepted = Optional.of(request.vote());
        node.send(from, new Accepted(ballot));
    }

    boolean isForThis(Accepted vote) {
        return vote.ballot().equals(ballot);
    }

    @OnMessage(
            when = {"!isDecided", "isForThis"},
            otherwise = Otherwise.DROP)
    void decide(Accepted vote, @From NodeId from, Node node) {
        accepts.add(from);
        if (accepts.size() == RegisterSystem.majority(servers)) {
            Proposal chosen = proposal.orElseThrow();
            decided = true;
            RegisterSystem.tellOthers(new Decided(new Vote(ballot, chosen)), servers, node);
            node.send(chosen.client(), new PutOk(chosen.id()));
        }
    }

    @OnMessage(when = "!isDecided", otherwise = Otherwise.DROP)
    void learn(Decided decision) {
        ballot = decision.vote().ballot();
        accepted = Optional.of(decision.vote());
        decided = true;
    }
}
