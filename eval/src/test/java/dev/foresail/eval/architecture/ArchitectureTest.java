package dev.foresail.eval.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Holds the direction of dependency between the modules and what each of them must not do (docs/architecture.md). A rule
 * whose module is still empty passes.
 */
@AnalyzeClasses(packages = "dev.foresail", importOptions = ProductionClasses.class)
final class ArchitectureTest {
    private static final String PROTOCOL = "dev.foresail.choice.Protocol";
    private static final String CHOICE = "dev.foresail.choice..";
    private static final String PROCESSOR = "dev.foresail.choice.processor..";
    private static final String NETWORK = "dev.foresail.network..";
    private static final String PREDICTOR = "dev.foresail.predictor..";
    private static final String STEERING = "dev.foresail.steering..";

    /** Layers that any protocol may rest on, so that they come with what runs it. */
    private static final String LIBRARY_LAYERS = "dev.foresail.predictor.transport..";

    private static final String RANDTREE = "dev.foresail.randtree..";
    private static final String EVAL = "dev.foresail.eval..";

    /** ArchUnit's name for where primitive types live. */
    private static final String PRIMITIVES = "";

    private static final Set<String> SEEN_BY_HANDLERS = Set.of("Node", "SystemView");

    @ArchTest
    static final ArchRule modulesDependInOneDirection = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("choice-api")
            .definedBy(CHOICE)
            .layer("network-model")
            .definedBy(NETWORK)
            .layer("predictor")
            .definedBy(PREDICTOR)
            .layer("steering")
            .definedBy(STEERING)
            .layer("randtree-demo")
            .definedBy(RANDTREE)
            .layer("eval")
            .definedBy(EVAL)
            .whereLayer("choice-api")
            .mayNotAccessAnyLayer()
            .whereLayer("network-model")
            .mayOnlyAccessLayers("choice-api")
            .whereLayer("predictor")
            .mayOnlyAccessLayers("choice-api", "network-model")
            .whereLayer("steering")
            .mayOnlyAccessLayers("choice-api", "network-model", "predictor")
            .whereLayer("randtree-demo")
            .mayOnlyAccessLayers("choice-api", "network-model", "predictor", "steering")
            .whereLayer("eval")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule everyClassBelongsToAModule = classes()
            .should()
            .resideInAnyPackage(CHOICE, NETWORK, PREDICTOR, STEERING, RANDTREE, EVAL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theAuthorsApiNeedsTheJdkAlone = classes()
            .that()
            .resideInAPackage(CHOICE)
            .and()
            .resideOutsideOfPackage(PROCESSOR)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(PRIMITIVES, "java..", CHOICE).and(resideOutsideOfPackage(PROCESSOR)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theProcessorNeedsTheCompilerAlone = classes()
            .that()
            .resideInAPackage(PROCESSOR)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    PRIMITIVES,
                    "java..",
                    CHOICE,
                    "javax.annotation.processing..",
                    "javax.lang.model..",
                    "javax.tools..",
                    "com.sun.source..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodyUsesTheProcessor = noClasses()
            .that()
            .resideOutsideOfPackage(PROCESSOR)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PROCESSOR)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theNetworkModelKnowsNoProtocols = noClasses()
            .that()
            .resideInAPackage(NETWORK)
            .should()
            .dependOnClassesThat(partsOfAProtocol())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule thePredictorOpensNoSockets = noClasses()
            .that()
            .resideInAPackage(PREDICTOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.channels..", "javax.net..", "io.netty..")
            .allowEmptyShould(true);

    /** So that no other verb loads any of it. */
    @ArchTest
    static final ArchRule membersAloneKnowTheirEngine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.foresail.steering.cluster")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pekko..", "scala..", "com.typesafe..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule thePredictorMakesNoThreads = noClasses()
            .that()
            .resideInAPackage(PREDICTOR)
            .should()
            .accessTargetWhere(Uses.of(
                    "a new thread, timer or executor",
                    "java.lang.Thread.<init>",
                    "java.util.Timer.<init>",
                    "java.util.concurrent.Executors.",
                    "java.util.concurrent.ForkJoinPool.",
                    "java.util.concurrent.ThreadPoolExecutor.<init>",
                    "java.util.concurrent.ScheduledThreadPoolExecutor.<init>",
                    // These borrow the common pool, which nobody has given either.
                    "java.util.concurrent.CompletableFuture.runAsync(java.lang.Runnable)",
                    "java.util.concurrent.CompletableFuture.supplyAsync(java.util.function.Supplier)",
                    "java.util.Collection.parallelStream(",
                    "java.util.List.parallelStream(",
                    "java.util.Set.parallelStream(",
                    "java.util.stream.Stream.parallel(",
                    "java.util.stream.IntStream.parallel(",
                    "java.util.stream.LongStream.parallel(",
                    "java.util.stream.DoubleStream.parallel("))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule protocolsLiveInTheirOwnModules = noClasses()
            .that()
            .resideInAnyPackage(CHOICE, NETWORK, PREDICTOR, STEERING)
            .and()
            .resideOutsideOfPackage(LIBRARY_LAYERS)
            .should()
            .beAnnotatedWith(PROTOCOL)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theDemoUsesNoInternalsOfTheEngine = noClasses()
            .that()
            .resideInAPackage(RANDTREE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.foresail.choice..internal..",
                    "dev.foresail.network..internal..",
                    "dev.foresail.predictor..internal..",
                    "dev.foresail.steering..internal..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule stateIteratesInADefinedOrder = noFields()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(PROTOCOL)
            .should()
            .haveRawType(nameMatching(
                    "java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|concurrent\\.ConcurrentHashMap)"))
            .allowEmptyShould(true);

    /** Annotations, machines and what handlers see; plain values such as a node's id are everybody's. */
    private static DescribedPredicate<JavaClass> partsOfAProtocol() {
        DescribedPredicate<JavaClass> machinery = resideInAPackage("dev.foresail.choice.*..");
        DescribedPredicate<JavaClass> notation = resideInAPackage("dev.foresail.choice")
                .and(DescribedPredicate.describe(
                        "are an author's notation",
                        type -> type.isAnnotation() || SEEN_BY_HANDLERS.contains(type.getSimpleName())));
        return machinery.or(notation);
    }
}
