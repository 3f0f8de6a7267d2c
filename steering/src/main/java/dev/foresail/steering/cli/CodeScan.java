package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.determinism.BytecodeScan;
import dev.foresail.predictor.determinism.Finding;
import dev.foresail.predictor.determinism.ScanReport;
import java.util.Map;

/** Looks into a protocol's code for what makes its handlers not deterministic. */
final class CodeScan {
    private CodeScan() {}

    /** Prints what is found, adds it to the result, and says whether nothing was. */
    static boolean passes(Machine<?> machine, ClassLoader loader, Output output, Map<String, Object> json) {
        ScanReport report = new BytecodeScan(loader, ClassPathOptions.OWN_CODE).scan(machine);
        output.prose("");
        report.findings().forEach(finding -> {
            output.prose(finding.message());
            output.prose("        by " + String.join(" -> ", finding.chain()));
        });
        report.allowed().forEach(allowed -> output.prose("allowed: " + allowed));
        report.unread().forEach(unread -> output.hint("its code cannot be read: " + unread));
        output.prose("determinism: " + report.findings().size() + " findings in " + report.methods() + " methods");
        json.put("findings", report.findings().stream().map(Finding::message).toList());
        return report.findings().isEmpty();
    }
}
