package dev.foresail.eval.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContactsTest {
    @Test
    void theLatestIsNextAndThenTheyHaveTheirTurns() {
        assertEquals(Optional.empty(), Contacts.NONE.turned().next());
        Contacts contacts = Contacts.NONE;
        for (long number = 1; number <= 10; number++) {
            contacts = contacts.with(NodeId.of(number));
        }
        assertEquals(contacts, contacts.with(NodeId.of(5)));
        for (long asked : new long[] {10, 9, 8, 7, 6, 5, 4, 3, 10}) {
            assertEquals(Optional.of(NodeId.of(asked)), contacts.next());
            contacts = contacts.turned();
        }
    }
}
