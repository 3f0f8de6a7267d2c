package dev.foresail.predictor.determinism;

import java.util.List;

/**
 * What a scan has found. Immutable.
 *
 * @param findings by class, line and what is called
 * @param allowed what was not looked into because its author said so, each as {@code class.method: reason}
 * @param methods how many methods were looked into
 * @param unread the classes whose code could not be read, of which nothing is known
 */
public record ScanReport(List<Finding> findings, List<String> allowed, int methods, List<String> unread) {
    public ScanReport {
        findings = List.copyOf(findings);
        allowed = List.copyOf(allowed);
        unread = List.copyOf(unread);
    }
}
