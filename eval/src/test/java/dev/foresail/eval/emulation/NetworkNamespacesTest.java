package dev.foresail.eval.emulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foresail.eval.emulation.NamespacePair.Figures;
import java.io.IOException;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two live nodes over a cable of the kernel's, which has a rate, loses packets, is cut and resets connections. Only with
 * {@code -Dforesail.namespaces}, as root, and where ip, tc and nft work.
 */
@EnabledIfSystemProperty(named = "foresail.namespaces", matches = ".*")
final class NetworkNamespacesTest {
    private static final long PATIENCE_MILLIS = 30_000;
    private static final String FILTER = "inet foresail";

    private NamespacePair pair;

    @BeforeAll
    static void theKernelDoesIt() throws IOException {
        assumeTrue(
                NamespacePair.works("id -u")
                        && NamespacePair.run("id -u").strip().equals("0"),
                "needs root");
        for (String command : new String[] {"ip -V", "tc -V", "nft --version"}) {
            assumeTrue(NamespacePair.works(command), command + " does not work");
        }
        String trial = "foresail-trial-" + ProcessHandle.current().pid();
        assumeTrue(NamespacePair.works("ip netns add " + trial), "no network namespaces");
        boolean works = NamespacePair.works("ip netns exec " + trial + " nft add table " + FILTER);
        NamespacePair.run("ip netns del " + trial);
        assumeTrue(works, "no nft in network namespaces");
    }

    @BeforeEach
    void plugIn() throws IOException {
        pair = new NamespacePair();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        pair.close();
        assertFalse(NamespacePair.run("ip netns list").contains(pair.namespace(1)));
        assertFalse(NamespacePair.run("ip netns list").contains(pair.namespace(2)));
    }

    /** Everything that reaches node 2 from node 1 meets the rule; {@code rule} begins with what it matches. */
    private void filter(String rule) throws IOException {
        pair.at(2, "nft add table " + FILTER);
        pair.at(2, "nft add chain " + FILTER + " arriving { type filter hook input priority 0 ; }");
        pair.at(2, "nft add rule " + FILTER + " arriving tcp dport " + NamespacePair.PORT + " " + rule);
    }

    private void unfilter() throws IOException {
        pair.at(2, "nft delete table " + FILTER);
    }

    private Figures await(int end, Predicate<Figures> what) throws IOException, InterruptedException {
        for (long waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
            Figures figures = pair.tell(end, "tell");
            if (what.test(figures)) {
                return figures;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("never; at last " + pair.tell(end, "tell"));
    }

    private void allArrives() throws IOException, InterruptedException {
        Figures sent = pair.tell(1, "rest");
        Figures received = await(2, figures -> figures.letters() >= sent.posted());
        assertEquals(sent.posted(), received.letters());
        assertEquals(0, sent.broken() + received.broken());
    }

    @Test
    void aSaturatedLinkGetsTheRateOfItsTokenBucket() throws Exception {
        pair.at(1, "tc qdisc add dev cable root tbf rate 20mbit burst 32kb latency 100ms");
        pair.tell(1, "haul");
        // TCP has found the rate by then.
        Figures early = await(2, figures -> figures.nanos() > 2_000_000_000L);
        Figures late = await(2, figures -> figures.nanos() > 10_000_000_000L);
        double megabits =
                (late.loads() - early.loads()) * 8e-6 * Courier.LOAD_BYTES / ((late.nanos() - early.nanos()) / 1e9);
        System.out.printf("%.2f Mbit/s of 20%n", megabits);
        // The bucket counts headers too: 66 of 1514 bytes, and those of frames and messages.
        assertTrue(megabits > 20 * 0.90 && megabits < 20 * 1.01, megabits + " Mbit/s");
        assertEquals(0, late.broken());
    }

    @Test
    void lostPacketsAreSentAgain() throws Exception {
        filter("numgen random mod 1000 < 50 counter drop");
        pair.tell(1, "deliver");
        await(2, figures -> figures.letters() >= 400);
        allArrives();
        String rules = pair.at(2, "nft list table " + FILTER);
        assertFalse(rules.contains("packets 0 "), rules);
    }

    @Test
    void aPartitionOfTwoSecondsLosesNothing() throws Exception {
        pair.tell(1, "deliver");
        await(2, figures -> figures.letters() >= 100);
        filter("drop");
        long before = pair.tell(2, "tell").letters();
        Thread.sleep(2_000);
        assertTrue(pair.tell(2, "tell").letters() <= before + 1, "what was in the socket when it was asked");
        unfilter();
        await(2, figures -> figures.letters() >= before + 400);
        allArrives();
    }

    @Test
    void aResetBreaksTheLinkAndANewOneIsMadeOnceItCanBe() throws Exception {
        pair.tell(1, "deliver");
        await(2, figures -> figures.letters() >= 100);
        filter("reject with tcp reset");
        await(1, figures -> figures.broken() >= 1);
        unfilter();
        long before = pair.tell(2, "tell").letters();
        await(2, figures -> figures.letters() >= before + 100);
    }
}
