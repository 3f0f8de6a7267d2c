package dev.foresail.eval.explorer;

import dev.foresail.choice.ChoicePoint;
import dev.foresail.choice.From;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Protocols as small as can be, after the tests of Stateright; each asks one thing of an explorer. */
final class SmallModels {
    private SmallModels() {}

    /** Two counters that overflow; 2x + 4y = 7 has no solution modulo 256. */
    @Protocol("two-bytes")
    static final class TwoBytes {
        int x;
        int y;

        @OnCall
        void increaseX() {
            x = (x + 1) % 256;
        }

        @OnCall
        void increaseY() {
            y = (y + 1) % 256;
        }

        @Safety
        static boolean hasNoSolution(TwoBytes bytes) {
            return (2 * bytes.x + 4 * bytes.y) % 256 != 7;
        }
    }

    /** Threads increase a shared number without a lock: read, then write what was read and 1. */
    @Protocol("increment")
    static final class Increment {
        int shared;

        /** What a thread has read. */
        final SortedMap<Integer, Integer> read = new TreeMap<>();

        /** What a thread had read when it wrote. */
        final SortedMap<Integer, Integer> written = new TreeMap<>();

        boolean isNew(int thread) {
            return !read.containsKey(thread) && !written.containsKey(thread);
        }

        boolean hasRead(int thread) {
            return read.containsKey(thread);
        }

        @OnCall(when = "isNew")
        void read(int thread) {
            read.put(thread, shared);
        }

        @OnCall(when = "hasRead")
        void write(int thread) {
            int local = read.remove(thread);
            written.put(thread, local);
            shared = local + 1;
        }

        @Safety
        static boolean nothingIsLost(Increment threads) {
            return threads.shared == threads.written.size();
        }
    }

    /** Two pending choices; to take 1 narrows the other, or makes it anew. */
    @Protocol("overlapping-choices")
    static final class OverlappingChoices {
        final List<Integer> firstCandidates = new ArrayList<>(List.of(1));
        final List<Integer> secondCandidates = new ArrayList<>(List.of(2, 3));
        final List<Integer> results = new ArrayList<>();

        @OnCall
        void first(@ChoicePoint(from = "firstCandidates") int result) {
            results.add(result);
            firstCandidates.clear();
            secondCandidates.clear();
            secondCandidates.add(3);
        }

        @OnCall
        void second(@ChoicePoint(from = "secondCandidates") int result) {
            results.add(result);
            secondCandidates.clear();
        }
    }

    /** Right after its start a node chooses, and keeps what it chose. */
    @Protocol("one-choice")
    static final class OneChoice {
        int result;

        @OnStart
        void start(Node node) {
            node.setTimer("choose", Duration.ZERO);
        }

        @OnTimer("choose")
        void choose(Node node) {
            result = node.choose("result", List.of(1, 2, 3));
        }
    }

    /** A timer that is set once and does nothing. */
    @Protocol("timer-once")
    static final class TimerOnce {
        int nothing;

        @OnStart
        void start(Node node) {
            node.setTimer("expire", Duration.ofSeconds(1));
        }

        @OnTimer("expire")
        void expire() {}
    }

    /** Writes to a node that is not there. */
    @Protocol("writes-to-nobody")
    static final class WritesToNobody {
        record Hello() {}

        int received;

        @OnStart
        void start(Node node) {
            node.send(NodeId.of(99), new Hello());
        }

        @OnMessage
        void receive(Hello hello) {
            received++;
        }
    }

    /** Node n1 sends two messages to n2, which takes the second only. */
    @Protocol("selective")
    static final class Selective {
        record Ignored() {}

        record Interesting() {}

        int received;

        boolean isNever() {
            return false;
        }

        @OnStart
        void start(Node node) {
            if (node.self().equals(NodeId.of(1))) {
                node.send(NodeId.of(2), new Ignored());
                node.send(NodeId.of(2), new Interesting());
            }
        }

        @OnMessage(when = "isNever", otherwise = Otherwise.DROP)
        void ignore(Ignored message) {}

        @OnMessage
        void receive(Interesting message) {
            received = 1;
        }
    }

    /** Does nothing. */
    @Protocol("idle")
    static final class Idle {
        int nothing;

        @OnCall
        void neverAsked() {}
    }

    /** Node n1 and n2 throw a number back and forth, n1 increases it. */
    @Protocol("ping-pong")
    static final class PingPong {
        record Ping(int value) {}

        record Pong(int value) {}

        int count;

        boolean isPing(Ping ping) {
            return ping.value() == count;
        }

        boolean isPong(Pong pong) {
            return pong.value() == count;
        }

        @OnStart
        void serve(Node node) {
            if (node.self().equals(NodeId.of(1))) {
                node.send(NodeId.of(2), new Ping(0));
            }
        }

        @OnMessage(when = "isPing")
        void ping(Ping ping, @From NodeId from, Node node) {
            count++;
            node.send(from, new Pong(ping.value()));
        }

        @OnMessage(when = "isPong")
        void pong(Pong pong, @From NodeId from, Node node) {
            count++;
            node.send(from, new Ping(pong.value() + 1));
        }
    }
}
