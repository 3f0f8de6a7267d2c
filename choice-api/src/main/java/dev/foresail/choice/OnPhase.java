package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Goes on when a {@link Phase} has ended: runs once, at the end of the step in which enough have answered, or nobody is left who may still answer, or the deadline is over (WiDS, section 4.1: parallel
 * blocks with a barrier). Parameters, each of which may be left out, in any order: what was asked, the answers as a {@code SortedMap} by {@link NodeId} that cannot be changed, and the {@link Node}. The phase has ended when
 * the handler runs, so it may begin the next one, or the same again.
 *
 * <p>Messages, timer and what is kept are generated, and events and state like all others. Answers that come later are dropped.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnPhase {
    /** The field: a final {@link Phase}, of this handler only. */
    String of();

    /**
     * When enough have answered: {@code all} or a {@code majority} of those who were asked, or the name of a boolean method without side effects that may take what was asked and the answers, and
     * read the state. It is asked at the end of each step.
     */
    String until() default "all";

    /** For how long answers are waited for, from the end of the step on in which they were asked for: a duration such as {@code 500ms}, or the name of a {@code Duration} of the configuration. Empty: without end. */
    String deadline() default "";

    /**
     * The method that runs instead when the phase ends without enough, with parameters as this handler's; or this handler itself. Must be given unless {@code until} is {@code all}; then, left empty,
     * this handler runs with the answers that there are.
     */
    String otherwise() default "";
}
