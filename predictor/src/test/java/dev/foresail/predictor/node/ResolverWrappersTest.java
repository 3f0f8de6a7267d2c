package dev.foresail.predictor.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resolver around another one passes on everything: what it leaves to a default, the one inside never hears of. */
class ResolverWrappersTest {
    /** Its default asks the wrapper itself, whose other methods pass it on. */
    private static final Set<String> RIGHT_BY_DEFAULT = Set.of("immediate");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.foresail.predictor.campaign.ChoiceScript$Scripted",
                "dev.foresail.predictor.resolve.SubsetResolver"
            })
    void aWrapperOverridesEveryDefault(String name) throws ClassNotFoundException {
        Class<?> wrapper = Class.forName(name);
        assertTrue(Resolver.class.isAssignableFrom(wrapper), name);
        Set<String> left = new TreeSet<>();
        for (Method method : Resolver.class.getMethods()) {
            if (method.isDefault() && !isOverridden(method, wrapper)) {
                left.add(method.getName());
            }
        }
        assertEquals(RIGHT_BY_DEFAULT, left);
    }

    private static boolean isOverridden(Method method, Class<?> wrapper) {
        return Arrays.stream(wrapper.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
