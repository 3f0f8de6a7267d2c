package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler of messages: the first parameter is the message, a record or a sealed interface of records. The others, in
 * any order: the sender marked {@link From}, choices marked {@link ChoicePoint}, and the {@link Node}.
 *
 * <p>Several handlers may take the same message; their guards say which applies. Two that apply at once are a choice
 * only when both bear the same {@link #choice()}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface OnMessage {
    /**
     * Guards that must all hold: names of boolean methods of the protocol without side effects, {@code !} in front for
     * the opposite. A guard may take the message, the sender marked {@link From} and the {@link Node}.
     */
    String[] when() default {};

    /** What happens to a message of this type for which no handler is enabled; all its handlers must say the same. */
    Otherwise otherwise() default Otherwise.ERROR;

    /** The name of the choice among handlers that may apply at once; empty for none. */
    String choice() default "";
}
