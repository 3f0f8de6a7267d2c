package dev.foresail.choice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What each node contributes to a {@link Multiset} that a property takes. So a property of many nodes can be asked after every
 * event in time that does not grow with the nodes: only the node that has handled the event may contribute something else now.
 *
 * <p>Values that are equal must be interchangeable for the property: any one of them may stand for all.
 *
 * <p>Where not every node is known, a property that fails counts as violated, and one that holds as <em>unknown</em>. So one that
 * more contributions could make true, such as "somebody leads", needs {@link Multiset#requireComplete}:
 *
 * <pre>{@code
 * @Safety
 * static boolean somebodyLeads(@Each("leader") Multiset<NodeId> leaders) {
 *     return !leaders.requireComplete().isEmpty();
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Each {
    /**
     * The name of a field of the state, or of a static method that takes the state, or the state and the {@link NodeId} of its
     * node. A value contributes itself, an {@code Optional} what it holds, a collection each of its elements; null, or a null
     * element, contributes nothing.
     */
    String value();
}
