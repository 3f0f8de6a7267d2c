package dev.foresail.predictor.determinism;

import dev.foresail.choice.AllowedNondeterminism;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** Reads a {@link ClassFile} from its bytes. Used for one class. */
final class ClassFileReader extends ClassVisitor {
    private static final String ALLOWED = Type.getDescriptor(AllowedNondeterminism.class);
    private static final int NOT_DISPATCHED = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE;

    private final Map<String, ClassFile.Method> methods = new LinkedHashMap<>();
    private final SortedSet<String> fieldTypes = new TreeSet<>();
    private String name = "";
    private String superName = "";
    private List<String> interfaces = List.of();
    private String sourceFile = "";
    private Optional<String> allowed = Optional.empty();

    private ClassFileReader() {
        super(Opcodes.ASM9);
    }

    /** @throws IllegalArgumentException when the class file is of a version that is not known */
    static ClassFile read(byte[] bytes) {
        ClassFileReader reader = new ClassFileReader();
        new ClassReader(bytes).accept(reader, ClassReader.SKIP_FRAMES);
        return new ClassFile(
                reader.name,
                reader.superName,
                reader.interfaces,
                reader.sourceFile,
                Collections.unmodifiableMap(reader.methods),
                reader.fieldTypes,
                reader.allowed);
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    @Override
    public void visit(
            int version, int access, String type, String signature, String superType, String[] interfaceTypes) {
        name = dotted(type);
        superName = dotted(Objects.requireNonNullElse(superType, ""));
        interfaces = Arrays.stream(interfaceTypes).map(ClassFileReader::dotted).toList();
    }

    @Override
    public void visitSource(String source, String debug) {
        sourceFile = Objects.requireNonNullElse(source, "");
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return new Reason(descriptor, reason -> allowed = Optional.of(reason));
    }

    @Override
    public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
        if ((access & Opcodes.ACC_STATIC) == 0) {
            new SignatureReader(Objects.requireNonNullElse(signature, descriptor)).acceptType(new Classes());
        }
        return new FieldVisitor(Opcodes.ASM9) {};
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        boolean isDispatched = (access & NOT_DISPATCHED) == 0 && !method.startsWith("<");
        boolean isOpen = (access & (Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC)) == 0;
        boolean isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        return new Body(method, descriptor, isDispatched, isAbstract, isOpen);
    }

    /** Takes the value of {@link AllowedNondeterminism}, of no other annotation. */
    private static final class Reason extends AnnotationVisitor {
        private final boolean isWanted;
        private final Consumer<String> taker;

        private Reason(String descriptor, Consumer<String> taker) {
            super(Opcodes.ASM9);
            this.isWanted = descriptor.equals(ALLOWED);
            this.taker = taker;
        }

        @Override
        public void visit(String element, Object value) {
            if (isWanted) {
                taker.accept(value.toString());
            }
        }
    }

    /** Takes the class that a type names, and those among its arguments. */
    private final class Classes extends SignatureVisitor {
        private String internalName = "";

        private Classes() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitClassType(String type) {
            internalName = type;
        }

        @Override
        public void visitInnerClassType(String inner) {
            internalName += "$" + inner;
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new Classes();
        }

        @Override
        public void visitEnd() {
            fieldTypes.add(dotted(internalName));
        }
    }

    private final class Body extends MethodVisitor {
        private final String method;
        private final String descriptor;
        private final boolean isDispatched;
        private final boolean isAbstract;
        private final boolean isOpen;
        private final List<ClassFile.Use> uses = new ArrayList<>();
        private Optional<String> methodAllowed = Optional.empty();
        private int line;

        private Body(String method, String descriptor, boolean isDispatched, boolean isAbstract, boolean isOpen) {
            super(Opcodes.ASM9);
            this.method = method;
            this.descriptor = descriptor;
            this.isDispatched = isDispatched;
            this.isAbstract = isAbstract;
            this.isOpen = isOpen;
        }

        private void add(ClassFile.Kind kind, String owner, String member, String memberDescriptor) {
            uses.add(new ClassFile.Use(kind, owner, member, memberDescriptor, line));
        }

        @Override
        public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
            return new Reason(annotation, reason -> methodAllowed = Optional.of(reason));
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String signature, boolean isInterface) {
            boolean exact = opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL;
            ClassFile.Kind kind = exact ? ClassFile.Kind.CALL : ClassFile.Kind.DISPATCHED_CALL;
            // What arrays have, such as clone, they have from Object.
            add(kind, owner.startsWith("[") ? "java.lang.Object" : dotted(owner), called, signature);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
            if (opcode == Opcodes.GETSTATIC) {
                add(ClassFile.Kind.STATIC_READ, dotted(owner), field, type);
            } else if (opcode == Opcodes.PUTSTATIC) {
                add(ClassFile.Kind.STATIC_WRITE, dotted(owner), field, type);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
            addHandles(arguments);
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof ConstantDynamic constant) {
                for (int index = 0; index < constant.getBootstrapMethodArgumentCount(); index++) {
                    addHandles(constant.getBootstrapMethodArgument(index));
                }
            }
        }

        /** Lambdas and method references: whoever makes one is taken to call it. */
        private void addHandles(Object... values) {
            for (Object value : values) {
                if (value instanceof Handle handle && handle.getDesc().startsWith("(")) {
                    boolean dispatched =
                            handle.getTag() == Opcodes.H_INVOKEVIRTUAL || handle.getTag() == Opcodes.H_INVOKEINTERFACE;
                    add(
                            dispatched ? ClassFile.Kind.DISPATCHED_CALL : ClassFile.Kind.CALL,
                            dotted(handle.getOwner()),
                            handle.getName(),
                            handle.getDesc());
                }
            }
        }

        @Override
        public void visitEnd() {
            methods.put(
                    method + descriptor,
                    new ClassFile.Method(method, descriptor, isDispatched, isAbstract, isOpen, uses, methodAllowed));
        }
    }
}
