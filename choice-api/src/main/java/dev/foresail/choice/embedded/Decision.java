package dev.foresail.choice.embedded;

import java.util.List;

/**
 * A choice that was made.
 *
 * @param point the choice's name, such as {@code randtree.delegate.child} or {@code randtree.join#handler}
 * @param alternatives what could be chosen, as {@link Choices#choose} sees it
 * @param chosen one of them
 */
public record Decision(String point, List<Object> alternatives, Object chosen) {
    public Decision {
        alternatives = List.copyOf(alternatives);
    }
}
