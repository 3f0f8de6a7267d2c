package dev.foresail.choice.processor;

import dev.foresail.choice.processor.check.Checks;
import dev.foresail.choice.processor.check.Diagnostics;
import dev.foresail.choice.processor.encoding.NotEncodableException;
import dev.foresail.choice.processor.generate.MachineWriter;
import dev.foresail.choice.processor.model.ProtocolModel;
import dev.foresail.choice.processor.model.ProtocolReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Checks every class marked {@link dev.foresail.choice.Protocol} and generates its machine. All mistakes of a compile
 * are reported at once, each with its code and on its element (docs/errors).
 *
 * <p>With {@code -Aforesail.services=false} the list of machines for {@link java.util.ServiceLoader} is not written;
 * incremental builds may then treat the processor as isolating.
 */
@SupportedAnnotationTypes({"dev.foresail.choice.*", "javax.annotation.processing.Generated"})
public final class ForesailProcessor extends AbstractProcessor {
    private static final String SERVICES_OPTION = "foresail.services";

    private final SortedMap<String, TypeElement> machines = new TreeMap<>();

    private Optional<Checks> checks = Optional.empty();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public Set<String> getSupportedOptions() {
        String incremental = writesServices() ? "aggregating" : "isolating";
        return Set.of(SERVICES_OPTION, "org.gradle.annotation.processing." + incremental);
    }

    private boolean writesServices() {
        return processingEnv == null
                || !"false".equals(processingEnv.getOptions().get(SERVICES_OPTION));
    }

    // Claims its annotations: they are nobody else's, and javac warns of unclaimed ones under -Xlint:all.
    @Override
    @SuppressWarnings("DoNotClaimAnnotations")
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ProtocolReader reader = new ProtocolReader(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        List<ProtocolModel> protocols = new ArrayList<>();
        for (Element element : round.getElementsAnnotatedWith(dev.foresail.choice.Protocol.class)) {
            if (element instanceof TypeElement type) {
                protocols.add(reader.read(type));
            }
        }
        for (ProtocolModel protocol : protocols) {
            if (checks().pass(protocol, round.getRootElements())) {
                generate(protocol);
            }
        }
        if (round.processingOver() && !machines.isEmpty() && writesServices()) {
            new ServicesFile(processingEnv).add(machines);
        }
        return true;
    }

    /** The checks of this compile; made once, as they remember the protocols of earlier rounds. */
    private Checks checks() {
        if (checks.isEmpty()) {
            checks = Optional.of(new Checks(processingEnv, new Diagnostics(processingEnv.getMessager())));
        }
        return checks.get();
    }

    private void generate(ProtocolModel protocol) {
        MachineWriter writer = new MachineWriter(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
        try (Writer out = processingEnv
                .getFiler()
                .createSourceFile(protocol.machineBinaryName(), protocol.type())
                .openWriter()) {
            out.write(writer.write(protocol, checks().propertiesOfStableFields(protocol)));
            machines.put(protocol.machineBinaryName(), protocol.type());
        } catch (IOException | NotEncodableException problem) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write the machine: " + problem, protocol.type());
        }
    }
}
