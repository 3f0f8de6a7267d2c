package dev.foresail.eval.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Arrays;

/** Finds calls, method references and constructor calls by how the target's full name with its parameters begins. */
final class Uses {
    private Uses() {}

    static DescribedPredicate<JavaAccess<?>> of(String what, String... beginnings) {
        return DescribedPredicate.describe(what, access -> {
            String target = access.getTarget().getFullName();
            return Arrays.stream(beginnings).anyMatch(target::startsWith);
        });
    }
}
