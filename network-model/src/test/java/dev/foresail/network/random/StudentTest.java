package dev.foresail.network.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Against the tables that every book of statistics has. */
class StudentTest {
    @Test
    void quantilesAreThoseOfTheTables() {
        assertEquals(31.821, Student.quantile(0.99, 1), 0.001);
        assertEquals(6.965, Student.quantile(0.99, 2), 0.001);
        assertEquals(4.541, Student.quantile(0.99, 3), 0.02);
        assertEquals(2.998, Student.quantile(0.99, 7), 0.002);
        assertEquals(3.0777, Student.quantile(0.9, 1), 0.0001);
        assertEquals(1.6377, Student.quantile(0.9, 3), 0.0005);
        assertEquals(1.3722, Student.quantile(0.9, 10), 0.0001);
        assertEquals(-1.3722, Student.quantile(0.1, 10), 0.0001);
        assertEquals(Normal.quantile(0.9), Student.quantile(0.9, 1_000_000), 1e-5);
    }

    @Test
    void thereIsNoneWithoutDegreesOfFreedom() {
        assertThrows(IllegalArgumentException.class, () -> Student.quantile(0.9, 0));
        assertThrows(IllegalArgumentException.class, () -> Student.quantile(1, 5));
    }
}
