package dev.foresail.steering.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cluster.Parcel.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A station that is handed parcels as its engine would, of coordinators that nobody has started. */
final class StationTest {
    private static final MemberAddress ANNA = new MemberAddress("127.0.0.1", 2);
    private static final MemberAddress BERT = new MemberAddress("127.0.0.1", 3);

    private final List<String> told = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final MemberSystem system =
            MemberSystem.start(new MemberAddress("127.0.0.1", 0), MembershipSettings.DEFAULT);
    private final Station station =
            new Station(system, "1", List.of(new EchoService()), told::add, ended -> over.countDown());

    @AfterEach
    void leave() {
        station.leave();
    }

    private static List<Parcel> invitation(long work, String offer) {
        byte[] longOffer = Arrays.copyOf(offer.getBytes(StandardCharsets.UTF_8), offer.length() + Parcel.MOST_BYTES);
        byte[] offered = offer.equals("long") ? longOffer : offer.getBytes(StandardCharsets.UTF_8);
        return new OutgoingLink(work).parcels(Kind.INVITATION, new Invitation("1", "echo", offered).message());
    }

    @Test
    void twoWhoInviteAtOnceDoNotSpoilEachOther() {
        List<Parcel> annas = invitation(7, "long");
        List<Parcel> berts = invitation(8, "long");
        assertEquals(2, annas.size());
        station.arrived(ANNA, annas.get(0));
        station.arrived(BERT, berts.get(0));
        station.arrived(ANNA, annas.get(1));
        station.arrived(BERT, berts.get(1));
        assertEquals(List.of("invited by " + ANNA), told);
    }

    @Test
    void anInvitationThatIsNotWholeIsForgotten() {
        List<Parcel> annas = invitation(7, "long");
        station.arrived(ANNA, annas.get(1));
        station.arrived(ANNA, annas.get(0));
        station.arrived(ANNA, annas.get(0));
        station.arrived(ANNA, new Parcel(Kind.INVITATION, 7, 5, false, new byte[0]));
        station.arrived(BERT, invitation(8, "please").get(0));
        assertEquals(List.of("invited by " + BERT), told);
        assertEquals(1, over.getCount());
    }

    @Test
    void whoLacksAClassRefusesAndWaitsForOthers() {
        station.arrived(ANNA, invitation(7, "lacking").get(0));
        station.arrived(BERT, invitation(8, "please").get(0));
        assertEquals(
                List.of(
                        "refused to " + ANNA + ": [FS439] it cannot do that: java.lang.NoClassDefFoundError:"
                                + " com/example/Voice",
                        "invited by " + BERT),
                told);
    }

    @Test
    void itIsOverWhenItsEngineEndsByItself() throws InterruptedException {
        station.open();
        system.close();
        assertTrue(over.await(60, TimeUnit.SECONDS));
    }
}
