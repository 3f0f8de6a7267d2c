package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs at the end of a step in which something of the state has changed, whichever handler did it: what it does is part of the same step (Mace, PLDI'07, section 3.3: local detection aspects).
 *
 * <p>With fields it runs when one of them has another value than before the step, and its guards and control states ({@link In}) hold now.
 * Without fields it runs when these hold and did not before the step. Parameters: nothing or, for each field in their order, its value before; and the {@link Node}.
 *
 * <p>A change whose guards do not hold when its handler's turn comes waits for them until the end of the step; then it is lost.
 *
 * <p>Whatever such handlers change is looked at again, in rounds, until nothing more that is watched has changed. In a round they run in the order of the source, those of lower layers
 * first. Rounds that come to no end are an error, FS501.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnChange {
    /** Names of fields of the state. */
    String[] value() default {};

    /** Guards that must all hold, as in {@link OnMessage#when()}; they may take {@link Node}. */
    String[] when() default {};
}
