package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void numbersAreOnTheRightAndWordsOnTheLeft() {
        Table table =
                new Table("name", "value").row("a", 10.25).row("longer", 3).row("none", Double.NaN);
        assertEquals(
                List.of("name    value", "a       10.25", "longer      3", "none        -"),
                table.toString().lines().toList());
    }

    @Test
    void aRowHasACellForEveryColumn() {
        assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").row(1));
    }
}
