package dev.foresail.eval.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/**
 * Leaves out tests, in whatever directory the build is (ArchUnit's own option knows {@code target/test-classes} only), and
 * the harness that JMH generates, which reads the clock for a living.
 */
final class ProductionClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("/test-classes/") && !location.contains("jmh_generated");
    }
}
